// Who is on call, muting and trying it out in the console, while real messages arrive or do not.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { assertFitForAll, openConsole } from './console_page.mjs';
import { Program, freePorts, until } from './deployment.mjs';
import { WebSink } from './sinks.mjs';

const START_MS = 30_000;
let at;
let browser;

const configuration = ({ ports, web, bad }) => `page: { name: Acme Cloud }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[0]}",
          console: "127.0.0.1:${ports[0]}" }
components: [{ id: directory, name: Directory }]
notify:
  - { id: ann-phone, slack: { url: "${web.url}/ann" }, on: [on_call] }
  - { id: bea-phone, slack: { url: "${web.url}/bea" }, on: [on_call] }
  - { id: lead, webhook: { url: "${bad.url}/lead" }, on: [on_call] }
rotations:
  - id: in-turn
    first: "2026-01-05T09:00"
    time_zone: America/Toronto
    people:
      - { name: Ann, notify: [ann-phone] }
      - { name: Bea, notify: [bea-phone] }
    overrides:
      - { from: "2026-01-01T00:00", to: "2090-01-01T00:00", person: Bea }
on_call:
  - { after: 0s, notify: [in-turn] }
  - { after: 15m, notify: [lead], repeat: 3, every: 10m }
`;

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-on-call-screen-'));
  at = { folder, web: await new WebSink().start(), bad: await new WebSink().start(),
    ports: await freePorts(1) };
  at.url = `http://127.0.0.1:${at.ports[0]}`;
  at.bad.status = 503;
  await writeFile(join(folder, 'candor.yaml'), configuration(at));
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', join(folder, 'candor.yaml')],
    { cwd: folder });
  await at.candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(folder, 'data', 'operator.token'), 'utf8')).trim();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await at.candor?.stop();
  await at.web.stop();
  await at.bad.stop();
  await rm(at.folder, { recursive: true, force: true });
});

const where = (hash) => ({ origin: at.url, token: at.token, hash });

test('it says who is called now, and when whom else', async () => {
  const { page, trouble, close } = await openConsole(browser, where('#/on-call'));
  const first = page.locator('.call-step').first();
  assert.match(await page.locator('.on-call-now').innerText(),
    /Bea until .*2090.*, then (Ann|Bea)\s+· in-turn/);
  assert.match(await first.innerText(), /At once\s+Bea \(in-turn, until .*2090/);
  await page.getByText('After 15 min, then 3 times more, every 10 min').waitFor();
  const rows = page.getByRole('row');
  assert.match(await rows.nth(1).innerText(), /Bea\s*instead\s+now/);
  assert.equal(await rows.count(), 7);
  assert.deepEqual(trouble, []);
  await close();
});

test('a test call shows where it arrived and where it did not', async () => {
  const { page, close } = await openConsole(browser, where('#/on-call'));
  await page.getByRole('button', { name: 'Test step 1' }).click();
  await page.getByText(/bea-phone arrived/).waitFor({ timeout: START_MS });
  assert.equal(at.web.at('/ann').length, 0);
  await page.getByRole('button', { name: 'Test step 2' }).click();
  await page.getByText(/lead failed, and will be tried again\s+HTTP 503/)
    .waitFor({ timeout: START_MS });
  await close();
});

test('calls are muted by keyboard, said on the first screen, and let through again', async () => {
  const { page, close } = await openConsole(browser, where('#/on-call'));
  await page.getByRole('button', { name: 'Mute calls…' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'For how long' }).selectOption('4 hours');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText(/Calls are muted until/).waitFor();
  await close();
  await assertFitForAll(browser, where('#/now'),
    (shown) => shown.getByText(/Calls are muted until/).waitFor());
  const next = await openConsole(browser, where('#/now'));
  await next.page.getByRole('button', { name: 'Unmute now' }).click();
  await next.page.getByText(/Calls are muted until/).waitFor({ state: 'detached' });
  await next.close();
});

test('calls are muted until a time, and not for what is over', async () => {
  const { page, close } = await openConsole(browser, where('#/now'));
  await page.keyboard.press('o');
  await page.getByRole('button', { name: 'Mute calls…' }).click();
  await page.getByLabel('For how long').selectOption('until a time');
  await page.getByLabel(/^Until/).fill('2026-01-05T09:00');
  const send = page.locator('dialog[open]').getByRole('button', { name: 'Mute calls' });
  await send.click();
  await page.getByText('That time is over already').waitFor();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel(/^Until/).fill(`${tomorrow}T09:30`);
  await send.click();
  await page.getByText(/Calls are muted until .*09:30/).waitFor();
  await page.getByRole('button', { name: 'Unmute now' }).click();
  await page.getByRole('button', { name: 'Mute calls…' }).waitFor();
  await close();
});

test('the length of a mute is changed while it runs', async () => {
  await api('POST', '/on_call/mute', { for_s: 3600 });
  const { page, close } = await openConsole(browser, where('#/on-call'));
  await page.getByRole('button', { name: 'Change how long…' }).click();
  await page.getByLabel('For how long').selectOption('12 hours');
  await page.locator('dialog[open]').getByRole('button', { name: 'Mute until then' }).click();
  await page.locator('dialog[open]').waitFor({ state: 'detached' });
  await until('the mute is longer', START_MS, async () => {
    const { muted } = await api('GET', '/on_call');
    return Date.parse(muted.until) > Date.now() + 11 * 3_600_000;
  });
  await page.getByText(/Calls are muted until/).waitFor();
  await close();
  await api('DELETE', '/on_call/mute');
});

test('a shift is swapped, shown, and taken back', async () => {
  const { page, trouble, close } = await openConsole(browser, where('#/on-call'));
  const strip = page.getByRole('img', { name: /^Shifts to come: Bea until/ });
  await strip.waitFor();
  await page.getByText('By the configuration.').waitFor();
  await page.getByRole('button', { name: 'Swap a shift…' }).click();
  const dialog = page.locator('dialog[open]');
  assert.equal(await page.getByLabel('Who stands in').inputValue(), 'Ann');
  await page.getByLabel(/^Until/).fill('2026-01-05T09:00');
  await dialog.getByRole('button', { name: 'Put them on call' }).click();
  await dialog.getByRole('alert').getByText(/ends before it begins/).waitFor();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel(/^Until/).fill(`${tomorrow}T09:30`);
  await page.keyboard.press('Enter');
  await page.getByText(/Ann in in-turn, now until .*09:30/).waitFor();
  await page.getByText('Set by operator.').waitFor();
  assert.match(await page.locator('.on-call-now').innerText(), /^Ann until .*09:30, then Bea/);
  await page.getByRole('img', { name: /^Shifts to come: Ann until .*, then Bea until/ }).waitFor();
  await assertFitForAll(browser, where('#/on-call'),
    (shown) => shown.getByText('Set by operator.').waitFor());
  await page.getByRole('button', { name: 'End: Ann in in-turn' }).click();
  await page.getByText('Set by operator.').waitFor({ state: 'detached' });
  await strip.waitFor();
  assert.deepEqual(trouble, []);
  await close();
});

async function api(method, path, body) {
  const answer = await fetch(`${at.url}/api/v1${path}`, { method,
    body: body && JSON.stringify(body),
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' } });
  assert.ok(answer.ok, `${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

test('who may only read sees all of it and no button', async () => {
  const { token } = await api('POST', '/tokens', { label: 'wall', scopes: ['read'] });
  await api('POST', '/on_call/mute', { for_s: 3600 });
  const { page, close } = await openConsole(browser, { ...where('#/on-call'), token });
  await page.getByText(/Calls are muted until/).waitFor();
  await page.getByText('On call now').waitFor();
  assert.equal(await page.locator('main').getByRole('button').count(), 0);
  await close();
  await api('DELETE', '/on_call/mute');
});

test('its screen is fit for everybody', async () => {
  await assertFitForAll(browser, where('#/on-call'),
    (page) => page.getByRole('heading', { name: 'in-turn: who takes turns' }).waitFor());
});

test('without steps it tells how people come to be called', async () => {
  const [plain] = configuration(at).split('notify:');
  await writeFile(join(at.folder, 'candor.yaml'), plain);
  await until('nobody is called any more', START_MS,
    async () => (await api('GET', '/on_call')).steps.length === 0);
  await assertFitForAll(browser, where('#/on-call'),
    (page) => page.getByText('the configuration has no on_call').waitFor());
});
