// What operators do to a running Candor: edit the file, stop it, pull the plug.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFile, rm } from 'node:fs/promises';
import { after, beforeEach, afterEach, test } from 'node:test';
import { Deployment } from './deployment.mjs';

const RESTART_MS = 2_000;
let deployment;

beforeEach(async () => { deployment = await Deployment.start(); });
afterEach(() => deployment?.stop());
after(() => deployment?.stop());

const pageIsNamed = (name) => deployment.candor.until(`the page is named ${name}`, 10_000,
  async () => (await deployment.json('/api/v2/status.json')).page.name === name);

test('saving the file reloads it, saving a bad one changes nothing', async () => {
  await deployment.configure('Acme Renamed');
  await pageIsNamed('Acme Renamed');

  const before = deployment.candor.said.length;
  await appendFile(deployment.file, 'pagee: { name: Broken }\n');
  await deployment.candor.until('the refusal is explained', 10_000,
    () => /event="reload refused"/.test(deployment.candor.said.slice(before)));
  const lines = deployment.candor.said.slice(before).split('\n').slice(0, -1);
  for (const line of lines) assert.match(line, /^time=\S+ level=\w+ event=/);
  assert.match(lines.join('\n'), /event="configuration problem" at=\S+:\d+:\d+ message=.*pagee/);
  assert.ok(deployment.candor.running);
  await pageIsNamed('Acme Renamed');

  await deployment.configure('Acme Mended');
  await pageIsNamed('Acme Mended');
});

test('a deleted file is told, and what was read last keeps running', async () => {
  await rm(deployment.file);
  await deployment.candor.until('the log tells of it', 10_000,
    () => /event="configuration file gone"/.test(deployment.candor.said));
  assert.ok(deployment.candor.running);
  await deployment.configure('Acme Back');
  await pageIsNamed('Acme Back');
});

test('SIGHUP reloads', async () => {
  deployment.candor.child.kill('SIGHUP');
  await deployment.configure('Acme Hup');
  deployment.candor.child.kill('SIGHUP');
  await pageIsNamed('Acme Hup');
});

test('SIGTERM drains: streams end properly and the exit code is 0', async () => {
  const events = await fetch(`${deployment.page}/events`);
  assert.match(events.headers.get('content-type'), /^text\/event-stream/);
  const drained = (async () => { for await (const _ of events.body); })();
  const { code, signal } = await deployment.candor.stop('SIGTERM');
  await drained;
  assert.deepEqual({ code, signal }, { code: 0, signal: null }, deployment.candor.said);
});

test('after kill -9 the last page is served at once, with its open incident', async () => {
  await deployment.break('down', 'directory');
  await deployment.becomes('Directory', 'major_outage');
  const [before] = (await deployment.json('/api/v2/incidents/unresolved.json')).incidents;
  await deployment.candor.stop('SIGKILL');

  const took = await deployment.startCandor();
  assert.ok(took < RESTART_MS, `the page answered after ${Math.round(took)} ms`);
  const [after] = (await deployment.json('/api/v2/incidents/unresolved.json')).incidents;
  assert.equal(after.id, before.id);
  assert.equal(await deployment.status('Directory'), 'major_outage');

  await deployment.heal();
  await deployment.becomes('Directory', 'operational', 40_000);
});

test('people and tokens are made, listed and ended from the shell', async () => {
  const candor = (args, input = '') => spawnSync(process.env.CANDOR,
    [...args, '--config', deployment.file], { cwd: deployment.folder, input, encoding: 'utf8' });
  const kim = ['--name', 'Kim Lee', '--mail', 'kim@acme.example', '--role', 'admin'];
  const weak = candor(['user', 'add', ...kim], 'short\n');
  assert.equal(weak.status, 1);
  assert.match(weak.stderr, /fewer than 8 characters/);
  assert.equal(candor(['user', 'add', ...kim], 'a long night in april\n').status, 0);
  assert.equal(candor(['user', 'passwd', '--mail', 'kim@acme.example'],
    'a quiet night in may\n').status, 0);
  const [user] = JSON.parse(candor(['user', 'list', '--json']).stdout);
  assert.equal(user.name, 'Kim Lee');

  const made = JSON.parse(
    candor(['token', 'create', '--label', 'ci', '--scope', 'read', '--json']).stdout);
  const state = async () => (await fetch(`${deployment.console}/api/v1/state`,
    { headers: { Authorization: `Bearer ${made.token}` } })).status;
  assert.equal(await state(), 200);
  assert.ok(!candor(['token', 'list']).stdout.includes(made.token));
  assert.equal(candor(['token', 'revoke', made.id]).status, 0);
  assert.equal(await state(), 401);
  assert.equal(candor(['token', 'revoke', made.id]).status, 1);
});
