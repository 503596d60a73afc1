// Who is called when nobody answers, by the real binary, a real outage and real time: each step in
// its turn until a person takes the incident on, and the end for those who were called.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Program, freePorts, until } from './deployment.mjs';
import { WebSink } from './sinks.mjs';

const START_MS = 30_000;
const CALL_MS = 20_000;
let at;

const listens = (port) => new Promise((resolve) => {
  const server = createServer((socket) => socket.on('error', () => {}).end());
  server.listen(port, '127.0.0.1', () => resolve(server));
});

beforeEach(async () => {
  const [port, watched] = await freePorts(2);
  at = { folder: await mkdtemp(join(tmpdir(), 'candor-on-call-')), web: await new WebSink().start(),
    watched, service: await listens(watched), url: `http://127.0.0.1:${port}` };
  const channel = (id) => `{ id: ${id}, webhook: { url: "${at.web.url}/${id}" }, on: [on_call] }`;
  await writeFile(join(at.folder, 'candor.yaml'), `page: { name: Acme Cloud, url: "${at.url}" }
listen: { public: "127.0.0.1:${port}", intake: "127.0.0.1:${port}", console: "127.0.0.1:${port}" }
incidents: { min_red: 1s, resolve_after: 5s }
components:
  - id: directory
    name: Directory
    checks:
      - { id: directory-tcp, tcp: { address: "127.0.0.1:${watched}" }, every: 1s }
notify:
  - ${channel('first')}
  - ${channel('second')}
  - ${channel('third')}
on_call:
  - { after: 0s, notify: [first] }
  - { after: 3s, notify: [second] }
  - { after: 6s, notify: [third] }
`);
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', 'candor.yaml'],
    { cwd: at.folder });
  await at.candor.until('everything is green', START_MS, async () => {
    const { components } = await json('/api/v2/components.json');
    return components[0].status === 'operational';
  });
  await new Promise((resolve) => at.service.close(resolve));  // the outage
});

afterEach(async () => {
  await at.candor.stop();
  await at.web.stop();
  if (at.service.listening) at.service.close();
  await rm(at.folder, { recursive: true, force: true });
});

async function json(path) {
  return (await fetch(at.url + path)).json();
}

async function heal() {
  at.service = await listens(at.watched);
}

const incidentsTold = (who) => at.web.at(`/${who}`).map((one) => JSON.parse(one.body).incident);
const calls = (who) => incidentsTold(who).map(({ status }) => status);
const called = (who) => until(`${who} is called`, CALL_MS, () => calls(who).length > 0);
const toldOfTheEnd = (who) => until(`${who} hears the end`, CALL_MS,
  () => calls(who).includes('resolved'));

test('everybody is called in turn while nobody answers, and hears the end', async () => {
  await called('first');
  assert.deepEqual(calls('second'), []);
  await called('second');
  assert.deepEqual(calls('third'), []);
  await called('third');
  await heal();
  for (const who of ['first', 'second', 'third']) {
    await toldOfTheEnd(who);
    assert.equal(calls(who).length, 2);
  }
});

test('who takes it on spares the others', async () => {
  await called('first');
  const [{ id }] = incidentsTold('first');
  const token = (await readFile(join(at.folder, 'data', 'operator.token'), 'utf8')).trim();
  const answer = await fetch(`${at.url}/api/v1/incidents/${id}/acknowledge`,
    { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
  assert.ok(answer.ok, await answer.text());
  await heal();
  await toldOfTheEnd('first');  // later than the others would have been called
  assert.deepEqual([calls('second'), calls('third')], [[], []]);
});
