// Operators look at who gets mails: an admin sees, finds and removes; others see masked addresses.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessibilityViolations, launch } from './browser.mjs';
import { assertFitForAll, openConsole } from './console_page.mjs';
import { Program, freePorts, until } from './deployment.mjs';
import { MailSink } from './sinks.mjs';

const START_MS = 30_000;
let at;
let browser;

const configuration = ({ url, ports, mail }, withSubscribers) => `
page: { name: Acme Cloud, url: "${url}" }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[0]}",
          console: "127.0.0.1:${ports[0]}" }
components:
  - { id: directory, name: Directory }
  - { id: calls, name: Calls }
${withSubscribers ? `subscribers:
  smtp: { url: "smtp://127.0.0.1:${mail.port}", from: status@acme.example }` : ''}
`;

async function call(method, path, body) {
  const answer = await fetch(`${at.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${path}: ${text}`);
  return text ? JSON.parse(text) : {};
}

const post = (url, fields) => fetch(new URL(url, at.url),
  { method: 'POST', body: new URLSearchParams(fields) });

async function linkToConfirm(mail) {
  const letter = await at.mail.arrived(`to confirm ${mail}`, (one) => one.to[0] === mail);
  return letter.text.replace(/=3D/g, '=')
    .match(/http:\/\/[^\s"<]*\/subscribe\/confirm\?s=[\w.-]+/)[0];
}

const isListed = async (mail) => (await call('GET',
  `/subscribers?mail=${encodeURIComponent(mail)}`)).items.length === 1;

async function subscribe(mail, fields = {}) {
  assert.equal((await post('/subscribe', { mail, ...fields })).status, 200);
  assert.equal((await post(await linkToConfirm(mail), {})).status, 200);
  await until(`${mail} stands in the list`, START_MS, () => isListed(mail));
}

const open = (options = {}) =>
  openConsole(browser, { origin: at.url, token: at.token, hash: '#/subscribers', options });

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-subscriber-list-'));
  at = { folder, file: join(folder, 'candor.yaml'),
    mail: await new MailSink().start(process.env.SMTP_SINK), ports: await freePorts(1) };
  at.url = `http://127.0.0.1:${at.ports[0]}`;
  await writeFile(at.file, configuration(at, true));
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', at.file], { cwd: folder });
  await at.candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(folder, 'data', 'operator.token'), 'utf8')).trim();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await at?.candor?.stop();
  await at?.mail?.stop();
  if (at) await rm(at.folder, { recursive: true, force: true });
});

test('the list grows by itself, and says who chose what', async () => {
  const { page, trouble, close } = await open();
  await page.getByText('Nobody yet.').waitFor();
  assert.deepEqual(await accessibilityViolations(page), []);
  await subscribe('kim@acme.example', { component: 'directory', impact: 'major' });
  await subscribe('tim@acme.example');
  const kim = page.getByRole('listitem').filter({ hasText: 'kim@acme.example' });
  await kim.getByText('major and critical trouble with Directory').waitFor();
  await page.getByText('2 readers get mails about trouble').waitFor();
  assert.deepEqual(trouble, []);
  await close();
});

test('an admin finds one by the address and removes them by keyboard', async () => {
  await subscribe('lou@acme.example');
  const { page, trouble, close } = await open();
  await page.locator('#find-mail').fill('nobody@acme.example');
  await page.keyboard.press('Enter');
  await page.getByText('Nobody with this address gets mails.').waitFor();
  await page.locator('#find-mail').fill('LOU@acme.example');
  await page.keyboard.press('Enter');
  await page.getByText('lou@acme.example', { exact: true }).waitFor();
  assert.equal(await page.locator('.subscriber').count(), 1);
  await page.getByRole('button', { name: 'Remove…' }).press('Enter');
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.getByRole('button', { name: 'Remove them' }).press('Enter');
  await page.getByText('Nobody with this address gets mails.').waitFor();
  assert.equal((await call('GET', '/subscribers?mail=lou%40acme.example')).items.length, 0);
  const { items } = await call('GET', '/audit');
  assert.ok(items.some((i) => i.actor === 'operator' && /^Removed subscriber/.test(i.words)));
  assert.deepEqual(trouble, []);
  await close();
});

test('who is no admin sees masked addresses and cannot remove anybody', async () => {
  const password = 'a quiet night in july';
  await call('POST', '/users',
    { name: 'Rob Reed', mail: 'rob@acme.example', role: 'responder', password });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${at.url}/console/#/subscribers`);
  await page.locator('#mail').fill('rob@acme.example');
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('k…@acme.example').waitFor();
  const text = await page.locator('main').innerText();
  assert.ok(!text.includes('kim@'), text);
  assert.equal(await page.locator('#find-mail').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Remove…' }).count(), 0);
  await context.close();
});

test('the screen is fit for all', async () => {
  await assertFitForAll(browser, { origin: at.url, token: at.token, hash: '#/subscribers' },
    (page) => page.getByText('kim@acme.example', { exact: true }).waitFor());
});

// What a reader sees from the form to the last page, each in light, dark and at 320 px.
test('the pages of a subscription are fit for all', async () => {
  for (const [at320, colorScheme] of [[false, 'light'], [false, 'dark'], [true, 'light']]) {
    const viewport = { width: at320 ? 320 : 900, height: 700 };
    const context = await browser.newContext({ viewport, colorScheme });
    const page = await context.newPage();
    const heading = async (words) => {
      await page.getByRole('heading', { level: 1, name: words }).waitFor();
      assert.deepEqual(await accessibilityViolations(page), [], `${words} in ${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= viewport.width, `${words} is ${wide} px wide`);
    };
    const mail = `${colorScheme}${viewport.width}@acme.example`;
    await page.goto(`${at.url}/subscribe`);
    await heading('Get updates by mail');
    await page.getByLabel('Your mail address').fill(mail);
    await page.getByRole('button', { name: 'Send me the mail to confirm' }).click();
    await heading('Look into your mailbox.');
    await page.goto(await linkToConfirm(mail));
    await heading('One click left');
    await page.getByRole('button', { name: 'Yes, send me these mails' }).click();
    await heading('You get updates now.');
    await until(`${mail} stands in the list`, START_MS, () => isListed(mail));
    await page.getByRole('link', { name: 'Change what you get' }).click();
    await heading('Change what you get');
    await page.getByRole('button', { name: 'Stop all mails' }).click();
    await heading('You get no more mails.');
    await page.goto(`${at.url}/subscribe/manage?s=nothing`);
    await heading('This link does not work any more.');
    await page.getByRole('link', { name: 'ask for updates anew' }).click();
    await heading('Get updates by mail');
    await context.close();
  }
});

test('without the section it says what is missing', async () => {
  await writeFile(at.file, configuration(at, false));
  const { page, close } = await open();
  await page.getByText('Readers cannot ask for mails yet').waitFor({ timeout: 20_000 });
  await close();
});
