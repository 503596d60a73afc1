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
  - ${channel('stand-in')}
on_call:
  - { after: 0s, notify: [first] }
  - { after: 3s, notify: [in-turn] }
  - { after: 6s, notify: [third] }
rotations:
  - id: in-turn
    first: "2026-01-05T09:00"
    time_zone: America/Toronto
    people: [{ name: Bea, notify: [second] }, { name: Dora, notify: [stand-in] }]
    overrides: [{ from: "2026-01-01T00:00", to: "2090-01-01T00:00", person: Bea }]
watchdog: { url: "${at.web.url}/watchdog", every: 1s }
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
  assert.ok(at.web.at('/watchdog').length >= 2, 'the watchdog hears that Candor lives');
  await heal();
  for (const who of ['first', 'second', 'third']) {
    await toldOfTheEnd(who);
    assert.equal(calls(who).length, 2);
  }
});

const linkTold = (who) => JSON.parse(at.web.at(`/${who}`)[0].body).meta.answer_url;

async function shownFor(who) {
  return (await fetch(linkTold(who))).text();
}

// Opens the link in the call that `who` got, and presses its button.
async function answerFrom(who) {
  assert.match(await shownFor(who), /<button>I am on it<\/button>/);
  const answer = await fetch(linkTold(who), { method: 'POST' });
  assert.equal(answer.status, 200);
  return answer.text();
}

test('who takes it on from the call itself spares the others', async () => {
  await called('first');
  assert.match(await answerFrom('first'), /You are on it/);
  assert.match(await shownFor('first'), /You are on it/);
  await heal();
  await toldOfTheEnd('first');  // later than the others would have been called
  assert.deepEqual([calls('second'), calls('third')], [[], []]);
});

test('a link that Candor did not sign answers for nothing', async () => {
  await called('first');
  const link = linkTold('first');
  for (const forged of [link.slice(0, -1), `${link.slice(0, -1)}x`, `${at.url}/answer`]) {
    assert.equal((await fetch(forged, { method: 'POST' })).status, 410, forged);
  }
  await called('second');
});

// A call of the API as the operator of this machine.
async function ask(method, path, body) {
  const token = (await readFile(join(at.folder, 'data', 'operator.token'), 'utf8')).trim();
  return fetch(at.url + path, { method, body: body && JSON.stringify(body),
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' } });
}

test('a mute lets calls wait, a test call comes anyway, and unmuted they come', async () => {
  await called('first');
  assert.equal((await ask('POST', '/api/v1/on_call/mute', { for_s: 3600 })).status, 200);
  const { muted, rotations } = await (await ask('GET', '/api/v1/on_call')).json();
  assert.ok(Date.parse(muted.until) > Date.now());
  assert.equal(rotations[0].shifts[0].name, 'Bea');

  const tried = await ask('POST', '/api/v1/on_call/test', { step: 3 });
  assert.equal(tried.status, 202);
  const { subject } = await tried.json();
  await until('the test call came', CALL_MS, () => at.web.at('/third').length > 0);
  await until('its delivery is written down', CALL_MS, async () => {
    const { items } = await (await ask('GET', `/api/v1/deliveries?incident=${subject}`)).json();
    return items.length === 1 && items[0].state === 'sent';
  });
  const before = at.web.at('/watchdog').length;
  await until('calls would have come by now', CALL_MS,
    () => at.web.at('/watchdog').length >= before + 6);
  assert.equal(at.web.at('/second').length, 0);

  assert.equal((await ask('DELETE', '/api/v1/on_call/mute')).status, 204);
  await called('second');
});

test('whoever stands in by hand is called instead, and hears the end', async () => {
  const swap = { rotation: 'in-turn', who: 'Dora',
    end: new Date(Date.now() + 3_600_000).toISOString() };
  for (const [wrong, told] of [[{ ...swap, who: 'Nobody' }, /`Bea`, `Dora`/],
    [{ ...swap, rotation: 'weekly' }, /`in-turn`/],
    [{ ...swap, end: '2026-01-05T09:00:00Z' }, /#\/end: lies in the past/]]) {
    const refused = await ask('POST', '/api/v1/on_call/overrides', wrong);
    assert.equal(refused.status, 422);
    assert.match((await refused.json()).detail, told);
  }
  const made = await ask('POST', '/api/v1/on_call/overrides', swap);
  assert.equal(made.status, 201);
  const { id } = await made.json();
  await called('stand-in');
  assert.deepEqual(calls('second'), []);
  const { overrides, rotations } = await (await ask('GET', '/api/v1/on_call')).json();
  assert.equal(rotations[0].shifts[0].name, 'Dora');
  assert.deepEqual(overrides.map(({ who, origin }) => [who, origin]),
    [['Bea', 'configuration'], ['Dora', 'hand']]);
  assert.equal((await ask('DELETE', `/api/v1/on_call/overrides/${id}`)).status, 204);
  assert.equal((await ask('DELETE', `/api/v1/on_call/overrides/${id}`)).status, 404);
  await until('Bea is on call again', CALL_MS, async () => {
    const now = await (await ask('GET', '/api/v1/on_call')).json();
    return now.rotations[0].shifts[0].name === 'Bea' && now.overrides.length === 1;
  });
  await heal();
  await toldOfTheEnd('stand-in');
});

test('a stand-in outlives a restart', async () => {
  const end = new Date(Date.now() + 3_600_000).toISOString();
  await ask('POST', '/api/v1/on_call/overrides', { rotation: 'in-turn', who: 'Dora', end });
  await at.candor.stop();
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', 'candor.yaml'],
    { cwd: at.folder });
  await called('stand-in');
  assert.deepEqual(calls('second'), []);
});

test('who takes it on in the console spares the others', async () => {
  await called('first');
  const [{ id }] = incidentsTold('first');
  const answer = await ask('POST', `/api/v1/incidents/${id}/acknowledge`);
  assert.ok(answer.ok, await answer.text());
  await heal();
  await toldOfTheEnd('first');  // later than the others would have been called
  assert.deepEqual([calls('second'), calls('third')], [[], []]);
});
