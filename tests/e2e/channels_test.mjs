// A channel whose server wants no more is switched off: it stays so over a restart, says why, and
// comes back by an operator's hand or by another configuration.

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

const configuration = ({ ports, sink, name = 'Acme Cloud', path = '/hook' }) =>
  `page: { name: ${name} }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[0]}",
          console: "127.0.0.1:${ports[0]}" }
components: [{ id: directory, name: Directory }]
notify:
  - { id: ops, slack: { url: "${sink.url}/ops" } }
  - { id: program, webhook: { url: "${sink.url}${path}" } }
`;

async function request(method, path, body) {
  const answer = await fetch(`${at.url}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, json: await answer.json() };
}

async function call(path, body) {
  const { status, json } = await request(body ? 'POST' : 'GET', path, body);
  assert.ok(status < 300, `${path}: ${status} ${JSON.stringify(json)}`);
  return json;
}

async function start() {
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', at.file], { cwd: at.folder });
  await at.candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(at.folder, 'data', 'operator.token'), 'utf8')).trim();
}

const post = (text) => call(`/incidents/${at.id}/updates`, { text });
const channel = async (id) => (await call('/channels')).items.find((one) => one.id === id);
const untilOff = () => until('it is switched off', START_MS,
  async () => (await channel('program')).switched_off);
const untilOn = () => until('it is on', START_MS,
  async () => (await channel('program')).switched_off === null);
const untilGivenUp = (count) => until(`${count} are given up unsent`, START_MS, async () => {
  const { items } = await call('/deliveries?state=given_up');
  return items.filter((one) => /switched off/.test(one.answer)).length === count;
});

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-channels-'));
  at = { folder, file: join(folder, 'candor.yaml'), sink: await new WebSink().start(),
    ports: await freePorts(1) };
  at.url = `http://127.0.0.1:${at.ports[0]}`;
  at.sink.refuse = ['/hook'];
  await writeFile(at.file, configuration(at));
  await start();
  at.id = (await call('/incidents', { title: 'Directory is down', text: 'We are looking.',
    components: { directory: 'major_outage' } })).id;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await at.candor?.stop();
  await at.sink.stop();
  await rm(at.folder, { recursive: true, force: true });
});

test('a server that wants no more switches its channel off, and the other one not', async () => {
  await untilOff();
  const off = await channel('program');
  assert.match(off.switched_off.reason, /410/);
  assert.equal(off.kind, 'webhook');
  assert.equal((await channel('ops')).switched_off, null);
  assert.equal((await request('POST', '/channels/ops/switch_on', {})).status, 409);
  assert.equal((await request('POST', '/channels/nobody/switch_on', {})).status, 404);
});

test('it stays off over a restart and over a reload that changes nothing of it', async () => {
  const { since } = (await channel('program')).switched_off;
  await at.candor.stop();
  at.sink.refuse = [];
  await start();
  assert.equal((await untilOff()).since, since);
  const before = at.sink.at('/hook').length;
  await post('A disk was full.');
  await untilGivenUp(1);
  await writeFile(at.file, configuration({ ...at, name: 'Acme' }));
  await until('the new name is there', START_MS,
    async () => /<title>[^<]*Acme[ <]/.test(await (await fetch(at.url)).text()) &&
      !/Acme Cloud/.test(await (await fetch(at.url)).text()));
  await post('We made room.');
  await untilGivenUp(2);
  assert.equal(at.sink.at('/hook').length, before);
  assert.equal((await channel('program')).switched_off.since, since);
});

test('the console says why, and its button brings the channel back for good', async () => {
  const where = { origin: at.url, token: at.token, hash: '#/deliveries' };
  await assertFitForAll(browser, where, (page) => page.locator('.channels-off').waitFor());
  const { page, trouble, close } = await openConsole(browser, where);
  const card = page.locator('.channels-off');
  await card.getByText('410').waitFor();
  await card.getByRole('button', { name: 'Switch program on again' }).click();
  await card.waitFor({ state: 'detached' });
  assert.deepEqual(trouble, []);
  await close();
  await untilOn();
  await post('It is mended.');
  await at.sink.arrived('/hook', 'what comes next', (one) => /It is mended/.test(one.body));
  const acts = (await call('/audit')).items.map((one) => one.words);
  assert.ok(acts.includes('Switched channel `program` on again'), acts.join('\n'));
  await at.candor.stop();
  await start();
  await untilOn();
});

test('another address brings it back as well', async () => {
  at.sink.refuse = ['/hook'];
  await post('One more thing.');
  await untilOff();
  await writeFile(at.file, configuration({ ...at, path: '/other' }));
  await untilOn();
  await post('And the last one.');
  await at.sink.arrived('/other', 'the last one', (one) => /the last one/.test(one.body));
});
