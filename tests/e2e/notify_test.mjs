// Who is told, by the real binary over real connections: each kind of channel, and what a pulled
// plug may do to a message.

import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { Program, freePorts, until } from './deployment.mjs';
import { MailSink, WebSink, isSigned } from './sinks.mjs';

const START_MS = 30_000;
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
let at;

function configuration({ ports, web, mail, folder, publish = 'live', more = '' }) {
  return `page: { name: Acme Cloud, url: "http://status.acme.example", publish: ${publish} }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[0]}",
          console: "127.0.0.1:${ports[0]}" }
components:
  - { id: directory, name: Directory }
  - { id: calls, name: Calls }
notify:
  - { id: program, webhook: { url: "${web.url}/hook", secret: "${SECRET}" } }
  - { id: ops, slack: { url: "${web.url}/slack" }, on: [incident, overdue] }
  - { id: office, teams: { url: "${web.url}/teams" }, min_impact: critical }
  - { id: community, discord: { url: "${web.url}/discord" }, components: [calls] }
  - { id: phones, ntfy: { url: "${web.url}/alerts" } }
  - { id: pager, pagerduty: { routing_key: key-1, url: "${web.url}/pager" } }
  - { id: lead, smtp: { url: "smtp://127.0.0.1:${mail.port}", from: status@acme.example,
                        to: [lead@acme.example, second@acme.example] } }
  - { id: script, command: { argv: ["${folder}/tell.sh"] } }
${more}`;
}

async function start() {
  const candor = new Program(process.env.CANDOR, ['serve', '--config', at.file],
    { cwd: at.folder });
  at.candor = candor;
  await candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(at.folder, 'data', 'operator.token'), 'utf8')).trim();
}

async function post(path, body) {
  const answer = await fetch(at.url + path, {
    method: 'POST',
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const json = await answer.json();
  assert.ok(answer.ok, `${path}: ${JSON.stringify(json)}`);
  return json.id;
}

const declare = (title, more = {}) => post('/api/v1/incidents',
  { title, text: 'We are looking.', components: { directory: 'major_outage' }, ...more });

async function metric(name) {
  const text = await (await fetch(`${at.url}/metrics`)).text();
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line ? Number(line.split(' ').pop()) : undefined;
}

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-notify-'));
  at = { folder, file: join(folder, 'candor.yaml'), web: await new WebSink().start(),
    mail: await new MailSink().start(process.env.SMTP_SINK), ports: await freePorts(1) };
  at.url = `http://127.0.0.1:${at.ports[0]}`;
  await writeFile(join(folder, 'tell.sh'), `#!/bin/sh\ncat >> "${folder}/told"\n`);
  await chmod(join(folder, 'tell.sh'), 0o755);
  await writeFile(at.file, configuration(at));
});

afterEach(async () => {
  await at.candor?.stop();
  await at.web.stop();
  await at.mail.stop();
  await rm(at.folder, { recursive: true, force: true });
});

test('every channel hears of the beginning, a person\'s words and the end', async () => {
  await start();
  const id = await declare('Directory is down');
  const hook = await at.web.arrived('/hook', 'of the beginning', () => true);
  assert.equal(hook.json.incident.id, id);
  assert.equal(hook.json.incident.name, 'Directory is down');
  assert.ok(isSigned(hook, SECRET), JSON.stringify(hook.headers));
  assert.ok(!isSigned({ ...hook, body: `${hook.body} ` }, SECRET));
  for (const path of ['/slack', '/teams', '/', '/pager']) {
    await at.web.arrived(path, 'of the beginning', (one) => /Directory is down/.test(one.body));
  }
  for (const to of ['lead@acme.example', 'second@acme.example']) {
    const mail = await at.mail.arrived(`to ${to}`, (one) => one.to[0] === to);
    assert.match(mail.head, /^Subject: .*Directory is down/m);
    assert.match(mail.text, /http:\/\/status\.acme\.example\/incidents\//);
  }
  await until('the command ran', START_MS, async () => {
    const told = await readFile(join(at.folder, 'told'), 'utf8').catch(() => '');
    return told && JSON.parse(told.split('\n')[0]).type === 'incident.opened';
  });

  await post(`/api/v1/incidents/${id}/updates`, { text: 'A disk was full.' });
  await at.web.arrived('/slack', 'a person\'s words', (one) => /A disk was full/.test(one.body));
  await at.web.arrived('/pager', 'that somebody is on it', (one) =>
    one.json.event_action === 'acknowledge');
  await post(`/api/v1/incidents/${id}/updates`,
    { text: 'All is well.', status: 'resolved', components: { directory: 'operational' } });
  await at.web.arrived('/pager', 'the end', (one) => one.json.event_action === 'resolve');
  await at.mail.arrived('about the end', (one) => /^Subject: .*Resolved/m.test(one.head));

  assert.deepEqual(at.web.at('/discord'), [], 'another component');
  const ids = at.web.at('/hook').map((one) => one.headers['webhook-id']);
  assert.equal(new Set(ids).size, ids.length, 'each message once');
  await until('the numbers tell', START_MS,
    async () => await metric('candor_deliveries{state="sent"}') >= 24);
  assert.equal(await metric('candor_channels_switched_off'), 0);
});

test('a drill says so', async () => {
  await start();
  await declare('Everybody out', { drill: true });
  const hook = await at.web.arrived('/hook', 'of the drill', () => true);
  assert.match(hook.json.incident.name, /^Drill: /);
  const mail = await at.mail.arrived('about the drill', () => true);
  assert.match(mail.head, /^Subject: .*Drill: Everybody out/m);
});

test('a shadow page tells nobody, and going live tells what comes next', async () => {
  await writeFile(at.file, configuration({ ...at, publish: 'shadow' }));
  await start();
  const id = await declare('Only a shadow');
  await writeFile(at.file, configuration(at));
  await at.candor.until('the reload', START_MS, () => /event=reloaded/.test(at.candor.said));
  await post(`/api/v1/incidents/${id}/updates`, { text: 'Now in the open.' });
  await at.web.arrived('/slack', 'the words', (one) => /Now in the open/.test(one.body));
  assert.equal(at.web.at('/slack').length, 1);
});

test('channels that a reload brings hear what comes next, not what was', async () => {
  const [before] = configuration(at).split('notify:');
  await writeFile(at.file, before);
  await start();
  await declare('Before anybody asked');
  await writeFile(at.file, configuration(at));
  await at.candor.until('the reload', START_MS, () => /event=reloaded/.test(at.candor.said));
  await declare('Afterwards');
  await at.web.arrived('/hook', 'the next', (one) => one.json.incident.name === 'Afterwards');
  assert.equal(at.web.at('/hook').length, 1);
});

test('a server that hangs costs its own messages only', async () => {
  const hanging = await new WebSink().start();
  hanging.status = 'hang';
  await writeFile(at.file,
    configuration({ ...at, more: `  - { id: slow, slack: { url: "${hanging.url}/slow" } }\n` }));
  await start();
  for (let i = 0; i < 4; i += 1) await declare(`Trouble ${i}`);
  await until('the others hear all of it', START_MS, () => at.web.at('/hook').length === 4);
  assert.ok(hanging.got.length <= 2, 'at most two at once to one channel');
  await hanging.stop();
});

test('a pulled plug between commit and send loses no message', async () => {
  const rounds = 6;
  const declared = [];
  for (let round = 0; round < rounds; round += 1) {
    await start();
    declared.push(await declare(`Trouble ${round}`));
    await at.candor.stop('SIGKILL');
  }
  await start();
  for (const id of declared) {
    await at.web.arrived('/hook', `of ${id}`, (one) => one.json.incident.id === id);
    const link = `/incidents/${id}`;
    await at.mail.arrived(`about ${id}`, (one) => one.text.includes(link));
  }
});

test('what a server may have taken before the plug was pulled comes again under the same id',
  async () => {
    at.web.status = 'hang';
    await start();
    const id = await declare('Directory is down');
    const first = await at.web.arrived('/hook', 'the first time', () => true);
    await at.candor.stop('SIGKILL');
    at.web.status = 204;
    await start();
    await until('it comes again', START_MS, () => at.web.at('/hook').length >= 2);
    const again = JSON.parse(at.web.at('/hook')[1].body);
    assert.equal(again.incident.id, id);
    assert.equal(at.web.at('/hook')[1].headers['webhook-id'], first.headers['webhook-id']);
    assert.ok(isSigned(at.web.at('/hook')[1], SECRET));
    await declare('The next one');
    await at.web.arrived('/hook', 'the next', (one) => one.json.incident.name === 'The next one');
    assert.equal(at.web.at('/hook').length, 3, 'and then no more');
  });
