// People, tokens and one's own account in the console: an admin is made, keeps others, turns on a
// second factor; a token is shown once and is refused once it is revoked.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import jsQR from 'jsqr';
import { accessibilityViolations, launch } from './browser.mjs';
import { assertFitForAll, openConsole } from './console_page.mjs';
import { Program, freePorts } from './deployment.mjs';

const START_MS = 30_000;
const ADA = { mail: 'ada@acme.example', password: 'a long night in april' };
let at;
let browser;

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-people-'));
  const [port] = await freePorts(1);
  at = { folder, url: `http://127.0.0.1:${port}` };
  const listen = `"127.0.0.1:${port}"`;
  await writeFile(join(folder, 'candor.yaml'), `page: { name: Acme Cloud }
listen: { public: ${listen}, intake: ${listen}, console: ${listen} }
components: [{ id: directory, name: Directory }]
`);
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', join(folder, 'candor.yaml')],
    { cwd: folder });
  await at.candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(folder, 'data', 'operator.token'), 'utf8')).trim();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await at.candor?.stop();
  await rm(at.folder, { recursive: true, force: true });
});

async function api(method, path, { body, token = at.token, version } = {}) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  if (version) headers['If-Match'] = version;
  const answer = await fetch(`${at.url}/api/v1${path}`,
    { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, json: text ? JSON.parse(text) : null,
    version: answer.headers.get('etag') };
}

const open = (options = {}) =>
  openConsole(browser, { origin: at.url, token: at.token, hash: '#/people', options });

const dialogOf = (page) => page.locator('dialog[open]');

async function fillIn(page, fields) {
  for (const [label, value] of Object.entries(fields)) {
    await dialogOf(page).getByLabel(label, { exact: true }).fill(value);
  }
}

async function door(page) {
  await page.goto(`${at.url}/console/#/people`);
  await page.locator('#mail').waitFor();
}

async function signIn(page, { mail, password, code }) {
  await page.locator('#mail').fill(mail);
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  if (code) {
    await page.locator('#code').fill(code);
    await page.keyboard.press('Enter');
  }
  await page.getByRole('heading', { name: 'Your account' }).waitFor();
}

// RFC 6238 with SHA-1, written without looking at Candor's own.
function codeOf(secret, step) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/\s/g, '')]
    .map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac[mac.length - 1] & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

// What a phone reads off the screen.
async function scanned(picture) {
  const png = (await picture.screenshot()).toString('base64');
  const context = await browser.newContext();
  const page = await context.newPage();
  const { data, width, height } = await page.evaluate(async (bytes) => {
    const image = new Image();
    image.src = `data:image/png;base64,${bytes}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const { data, width, height } = canvas.getImageData(0, 0, image.width, image.height);
    return { data: [...data], width, height };
  }, png);
  await context.close();
  return (jsQR.default ?? jsQR)(new Uint8ClampedArray(data), width, height)?.data;
}

const stepNow = () => Math.floor(Date.now() / 30_000);

test('the operator makes the first admin, who is refused with a bad password', async () => {
  const { page, trouble, close } = await open();
  await page.getByText('Nobody has an account yet.').waitFor();
  await page.getByRole('button', { name: 'Add a person…' }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), 'name');
  await fillIn(page, { Name: 'Ada Stone', 'Mail address': ADA.mail,
    'Their password, 8 characters or more': 'password1' });
  await dialogOf(page).getByLabel('Role').selectOption('admin');
  await dialogOf(page).getByRole('button', { name: 'Suggest one' }).click();
  const suggested = await dialogOf(page).locator('[name=password]').inputValue();
  assert.match(suggested, /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
  await fillIn(page, { 'Their password, 8 characters or more': 'password1' });
  assert.deepEqual(await accessibilityViolations(page), []);
  await dialogOf(page).getByRole('button', { name: 'Add them' }).click();
  assert.match(await dialogOf(page).getByRole('alert').innerText(), /password/);
  await fillIn(page, { 'Their password, 8 characters or more': ADA.password });
  await dialogOf(page).getByRole('button', { name: 'Add them' }).click();
  await page.getByText('Ada Stone can sign in now.').waitFor();
  await page.locator('.person-row', { hasText: ADA.mail }).getByText('admin').waitFor();
  assert.ok(trouble.every((line) => /422/.test(line)), trouble.join('\n'));
  await close();
});

test('people change their own password and turn on a second factor', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await door(page);
  await signIn(page, ADA);

  await page.getByRole('button', { name: 'Change password…' }).click();
  await fillIn(page, { 'Your present password': ADA.password,
    'New password, 8 characters or more': 'a longer night in may' });
  await dialogOf(page).getByRole('button', { name: 'Change it' }).click();
  await page.getByText('Your password is changed.').waitFor();
  ADA.password = 'a longer night in may';

  await page.getByRole('button', { name: 'Turn on a second factor…' }).click();
  const secret = await dialogOf(page).locator('.secret').innerText();
  const uri = await dialogOf(page).getByRole('link').getAttribute('href');
  assert.equal(await scanned(dialogOf(page).locator('.qr')), uri);
  assert.equal(new URL(uri).searchParams.get('secret'), secret.replace(/\s/g, ''));
  assert.deepEqual(await accessibilityViolations(page), []);
  await fillIn(page, { 'Six-digit code': '000000', 'Your present password': ADA.password });
  await dialogOf(page).getByRole('button', { name: 'Turn it on' }).click();
  await dialogOf(page).getByRole('alert').waitFor();
  const step = stepNow();
  await fillIn(page, { 'Six-digit code': codeOf(secret, step) });
  await dialogOf(page).getByRole('button', { name: 'Turn it on' }).click();
  await page.getByText('From now on, signing in asks for a code of your phone.').waitFor();
  await page.getByText('Live', { exact: true }).waitFor();

  // The code that was shown is used up; the next one is within one step.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('#mail').waitFor();
  await page.evaluate(() => { location.hash = '#/people'; });
  await signIn(page, { ...ADA, code: codeOf(secret, step + 1) });
  await page.getByRole('button', { name: 'Turn the second factor off…' }).click();
  await fillIn(page, { 'Your present password': ADA.password });
  await dialogOf(page).getByRole('button', { name: 'Turn it off' }).click();
  await page.getByText('The second factor is off.').waitFor();
  await page.getByRole('button', { name: 'Turn on a second factor…' }).waitFor();
  await context.close();
});

test('viewers see their own account, and another role sends them to the door', async () => {
  const kim = { name: 'Kim Lee', mail: 'kim@acme.example', role: 'viewer',
    password: 'a quiet night in may' };
  assert.equal((await api('POST', '/users', { body: kim })).status, 201);
  const context = await browser.newContext();
  const theirs = await context.newPage();
  await door(theirs);
  await signIn(theirs, kim);
  await theirs.getByText('are kept by admins').waitFor();
  assert.equal(await theirs.getByRole('button', { name: 'Add a person…' }).count(), 0);
  assert.deepEqual(await accessibilityViolations(theirs), []);
  const { json: { id } } = await api('POST', '/incidents', { body: { title: 'Directory is slow',
    text: 'We are looking.', components: { directory: 'degraded_performance' } } });
  await theirs.evaluate((to) => { location.hash = to; }, `#/incidents/${id}`);
  await theirs.getByText('We are looking.').waitFor();
  for (const name of ['Take it on', 'Retract…', 'Preview']) {
    assert.equal(await theirs.getByRole('button', { name }).count(), 0, `${name} is not theirs`);
  }
  await theirs.evaluate(() => { location.hash = '#/people'; });

  const { page, trouble, close } = await open();
  await page.getByRole('button', { name: 'Change Kim Lee…' }).click();
  await dialogOf(page).getByLabel('Role').selectOption('responder');
  await fillIn(page, { Name: 'Kim Li' });
  assert.deepEqual(await accessibilityViolations(page), []);
  await dialogOf(page).getByRole('button', { name: 'Change' }).click();
  await page.getByText('Changed: Kim Li.').waitFor();
  await theirs.locator('#mail').waitFor({ timeout: 20_000 });

  await page.getByRole('button', { name: 'New password for Kim Li…' }).click();
  await fillIn(page, { 'Password, 8 characters or more': 'quite another night' });
  await dialogOf(page).getByRole('button', { name: 'Set it' }).click();
  await page.getByText('Kim Li has a new password').waitFor();
  await signIn(theirs, { ...kim, password: 'quite another night' });
  await page.getByRole('button', { name: 'Remove Kim Li…' }).click();
  assert.deepEqual(await accessibilityViolations(page), []);
  await dialogOf(page).getByRole('button', { name: 'Remove for good' }).click();
  await page.getByText('Kim Li is removed.').waitFor();
  await theirs.locator('#mail').waitFor({ timeout: 20_000 });
  assert.deepEqual(trouble, []);
  await context.close();
  await close();
});

test('admins read names in the audit trail, and the journal keeps ids', async () => {
  const { page, trouble, close } = await openConsole(browser,
    { origin: at.url, token: at.token, hash: '#/audit' });
  await page.locator('.tag.person', { hasText: 'Ada Stone' }).first().waitFor();
  const { json } = await api('GET', '/audit');
  assert.ok(json.items.some((item) => item.actor.startsWith('user:')));
  await page.getByLabel('Show').selectOption('Account changed');
  const words = await page.locator('.timeline .words').allInnerTexts();
  assert.ok(words.length > 0);
  assert.deepEqual(words.filter((text) => !text.startsWith('Set account')), []);
  assert.deepEqual(trouble, []);
  await close();
});

test('a change that somebody else made is not written over', async () => {
  const { json: tim } = await api('POST', '/users', { body: { name: 'Tim Oduya',
    mail: 'tim@acme.example', role: 'viewer', password: 'a loud night in june' } });
  const { page, close } = await open();
  await page.getByRole('button', { name: 'Change Tim Oduya…' }).click();
  await dialogOf(page).getByLabel('Role').selectOption('admin');
  const { version } = await api('GET', `/users/${tim.id}`);
  const other = await api('PATCH', `/users/${tim.id}`, { body: { enabled: false }, version });
  assert.equal(other.status, 200);
  await dialogOf(page).getByRole('button', { name: 'Change' }).click();
  assert.match(await dialogOf(page).getByRole('alert').innerText(), /changed since/);
  const { json } = await api('GET', `/users/${tim.id}`);
  assert.deepEqual([json.role, json.enabled], ['viewer', false]);
  await page.keyboard.press('Escape');
  await page.getByText('may not sign in').waitFor();
  await close();
});

test('the last admin stays, and the console says why', async () => {
  const { page, close } = await open();
  await page.getByRole('button', { name: 'Remove Ada Stone…' }).click();
  await dialogOf(page).getByRole('button', { name: 'Remove for good' }).click();
  assert.match(await dialogOf(page).getByRole('alert').innerText(), /admin/);
  await close();
});

test('a token is shown once, reaches its scopes, and ends when it is revoked', async () => {
  const { page, trouble, close } = await open();
  await page.getByRole('button', { name: 'Make a token…' }).click();
  await fillIn(page, { 'What it is for': 'Grafana' });
  await dialogOf(page).getByLabel('read: see').check();
  await dialogOf(page).getByLabel('It ends after').selectOption('30');
  assert.deepEqual(await accessibilityViolations(page), []);
  await dialogOf(page).getByRole('button', { name: 'Make it' }).click();
  const token = await page.locator('.once .secret').innerText();
  assert.match(token, /^candor_[0-9a-f]+$/);
  assert.deepEqual(await accessibilityViolations(page), []);
  assert.equal((await api('GET', '/state', { token })).status, 200);
  assert.equal((await api('GET', '/users', { token })).status, 403);
  const { json } = await api('GET', '/tokens');
  const days = (new Date(json.items[0].expires) - Date.now()) / 86_400_000;
  assert.ok(Math.abs(days - 30) < 0.1, String(days));
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByText('Grafana').waitFor();
  assert.ok(!(await page.locator('main').innerText()).includes(token));
  await page.getByRole('button', { name: 'Revoke Grafana…' }).click();
  await dialogOf(page).getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('No program has a token yet.').waitFor();
  assert.equal((await api('GET', '/state', { token })).status, 401);
  assert.deepEqual(trouble, []);
  await close();
});

test('the screen is fit for everybody', async () => {
  const label = 'A pipeline with a name that is as long as people make them';
  await api('POST', '/tokens', { body: { label, scopes: ['read', 'intake', 'respond', 'admin'] } });
  await assertFitForAll(browser, { origin: at.url, token: at.token, hash: '#/people' },
    (page) => page.getByText(label).waitFor());
});
