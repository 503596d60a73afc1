// Did they get it? The console's answer while one server takes messages and another refuses them.

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

const configuration = ({ ports, good, bad }) => `page: { name: Acme Cloud }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[0]}",
          console: "127.0.0.1:${ports[0]}" }
components: [{ id: directory, name: Directory }]
notify:
  - { id: ops, slack: { url: "${good.url}/ops" } }
  - { id: office, teams: { url: "${good.url}/office" } }
  - { id: program, webhook: { url: "${bad.url}/hook" } }
  - { id: pager, pagerduty: { routing_key: key-1, url: "${good.url}/pager" } }
`;

async function call(path, body) {
  const answer = await fetch(`${at.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const json = await answer.json();
  assert.ok(answer.ok, `${path}: ${JSON.stringify(json)}`);
  return json;
}

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-deliveries-'));
  at = { folder, good: await new WebSink().start(), bad: await new WebSink().start(),
    ports: await freePorts(1) };
  at.url = `http://127.0.0.1:${at.ports[0]}`;
  at.bad.status = 503;
  await writeFile(join(folder, 'candor.yaml'), configuration(at));
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', join(folder, 'candor.yaml')],
    { cwd: folder });
  await at.candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(folder, 'data', 'operator.token'), 'utf8')).trim();
  at.id = (await call('/incidents', { title: 'Directory is down', text: 'We are looking.',
    components: { directory: 'major_outage' } })).id;
  await until('each was tried', START_MS, async () => {
    const { counts } = await call(`/deliveries?incident=${at.id}`);
    return counts.sent === 3 && counts.failed === 1;
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await at.candor?.stop();
  await at.good.stop();
  await at.bad.stop();
  await rm(at.folder, { recursive: true, force: true });
});

const where = (hash) => ({ origin: at.url, token: at.token, hash });

test('the incident room says who was told, and leads to each message', async () => {
  const { page, trouble, close } = await openConsole(browser, where(`#/incidents/${at.id}`));
  const figure = page.locator('.figure', { hasText: 'messages arrived' });
  await figure.getByText('3 of 4').waitFor();
  assert.match(await figure.innerText(), /1 failed, next try at \d\d:\d\d/);
  await figure.getByRole('link').click();
  await page.getByRole('heading', { name: 'Who was told: Directory is down' }).waitFor();
  const refused = page.locator('.delivery', { hasText: 'program' });
  assert.match(await refused.innerText(), /failed[\s\S]*next try at[\s\S]*503/);
  assert.equal(await page.locator('.delivery').count(), 4);
  await page.getByRole('button', { name: 'Failed' }).click();
  await until('one is left', START_MS, async () => await page.locator('.delivery').count() === 1);
  assert.deepEqual(trouble, []);
  await close();
});

test('what arrives at last is told without a new position', async () => {
  const { page, close } = await openConsole(browser, where('#/deliveries'));
  await page.getByText('3 of 4 messages arrived').waitFor();
  at.bad.status = 204;
  await page.getByText('4 of 4 messages arrived').waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: 'Directory is down' }).first().waitFor();
  await close();
});

test('a long list is read a page at a time', async () => {
  for (let i = 0; i < 13; i += 1) {
    await call(`/incidents/${at.id}/updates`, { text: `We are still looking, ${i}.` });
  }
  await until('all of it is on its way', START_MS, async () => {
    const { counts } = await call('/deliveries');
    return counts.sent === 4 * 14;
  });
  const { page, close } = await openConsole(browser, where('#/deliveries'));
  await page.getByRole('button', { name: 'Earlier messages' }).click();
  await page.getByText('It began: Directory is down').first().waitFor();
  assert.equal(await page.locator('.delivery').count(), 56);
  await close();
});

test('its screens are fit for everybody', async () => {
  for (const hash of ['#/deliveries', `#/deliveries/${at.id}`, `#/incidents/${at.id}`]) {
    await assertFitForAll(browser, where(hash), (page) => page.getByText('arrived').waitFor());
  }
});
