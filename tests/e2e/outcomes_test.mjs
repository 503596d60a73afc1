// Outcomes by the real server: lines are counted or named, what was accepted is there after a kill,
// and nothing that is sent can take more than its bound.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Program, freePorts, until } from './deployment.mjs';

const run = promisify(execFile);
const START_MS = 30_000;
let at;

const configuration = (ports) => `
page: { name: Acme Cloud }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[1]}",
          console: "127.0.0.1:${ports[2]}" }
components: [{ id: directory, name: Directory }]
`;

async function start() {
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', at.file], { cwd: at.folder });
  await at.candor.until('the server is ready', START_MS,
    async () => (await fetch(`${at.console}/readyz`)).ok);
  at.token = (await readFile(join(at.folder, 'data/operator.token'), 'utf8')).trim();
}

before(async () => {
  const ports = await freePorts(3);
  const folder = await mkdtemp(join(tmpdir(), 'candor-outcomes-'));
  at = { folder, file: join(folder, 'candor.yaml'), page: `http://127.0.0.1:${ports[0]}`,
    intake: `http://127.0.0.1:${ports[1]}`, console: `http://127.0.0.1:${ports[2]}` };
  await writeFile(at.file, configuration(ports));
  await start();
});

after(async () => {
  await at.candor.stop();
  await rm(at.folder, { recursive: true, force: true });
});

async function send(body, headers = {}, token = at.token) {
  const answer = await fetch(`${at.intake}/v1/outcomes`,
    { method: 'POST', body, headers: { Authorization: `Bearer ${token}`, ...headers } });
  return { status: answer.status, ...await answer.json() };
}

const line = (more = {}) =>
  `${JSON.stringify({ stream: 'login', customer: 'acme', ok: true, ...more })}\n`;

async function metric(name) {
  const text = await (await fetch(`${at.console}/metrics`)).text();
  return Number(text.split('\n').find((one) => one.startsWith(`${name} `))?.split(' ').pop());
}

// Resolves once everything that was sent so far is on the disk.
const durable = async () => {
  const { watermark } = await send('');
  return until('the watermark moves on', 5_000, async () => (await send('')).watermark > watermark);
};

const sql = async (query) =>
  (await run('sqlite3', [join(at.folder, 'data/outcomes.db'), query])).stdout.trim();

test('good lines count, bad ones are named, and neither costs the other', async () => {
  const answer = await send(`${line({ ok: false, attrs: { region: 'us-east' } })}{"stream":7}\n${
    line({ t: Date.now() - 25 * 3_600_000 })}${line({ t: Date.now() + 6 * 60_000 })}${
    line({ customer: 'x'.repeat(1_000_000) })}${line({ customer: 'a\u0000b' })}\n${line()}`);
  assert.equal(answer.status, 202);
  assert.equal(answer.accepted, 2);
  assert.equal(answer.rejected, 5);
  assert.deepEqual(answer.errors.map((one) => one.line), [2, 3, 4, 5, 6]);
  assert.match(answer.errors[0].error, /`stream` must be a text/);
  assert.match(answer.errors[1].error, /24 h/);
  assert.match(answer.errors[2].error, /clock/);
  assert.match(answer.errors[3].error, /longer than 16384 bytes/);
  assert.match(answer.errors[4].error, /control character/);
  assert.ok(Math.abs(answer.watermark - Date.now()) < 60_000);
});

test('a body of nothing but bad lines is refused, and says why', async () => {
  const answer = await send('{"stream":"login"}\n'.repeat(150));
  assert.equal(answer.status, 422);
  assert.equal(answer.rejected, 150);
  assert.equal(answer.errors.length, 100);
});

test('what is sent again under the same id counts once', async () => {
  const twice = line({ id: 'event-1' });
  assert.equal((await send(twice)).accepted, 1);
  const again = await send(twice);
  assert.deepEqual([again.accepted, again.rejected], [0, 1]);
});

test('gzip and chunks are taken as they come', async () => {
  const packed = await send(gzipSync(line().repeat(1_000)), { 'Content-Encoding': 'gzip' });
  assert.equal(packed.accepted, 1_000);
  const chunked = await new Promise((resolve, reject) => {
    const out = request(`${at.intake}/v1/outcomes`,
      { method: 'POST', headers: { Authorization: `Bearer ${at.token}` } }, (answer) => {
        answer.setEncoding('utf8');
        let text = '';
        answer.on('data', (part) => { text += part; });
        answer.on('end', () => resolve(JSON.parse(text)));
      });
    out.on('error', reject);
    const whole = line() + line();
    for (let i = 0; i < whole.length; i += 7) out.write(whole.slice(i, i + 7));
    out.end();
  });
  assert.equal(chunked.accepted, 2);
});

test('a bomb, a body without gzip in it and a body too long are refused whole', async () => {
  const bomb = await send(gzipSync(Buffer.alloc(200_000_000)), { 'Content-Encoding': 'gzip' });
  assert.equal(bomb.status, 413);
  const plain = await send(line(), { 'Content-Encoding': 'gzip' });
  assert.equal(plain.status, 422);
  assert.match(plain.detail, /gzip/);
  const brotli = await send(line(), { 'Content-Encoding': 'br' });
  assert.equal(brotli.status, 415);
  const long = await send(' '.repeat(17 * 1024 * 1024)).catch(() => ({ status: 413 }));
  assert.equal(long.status, 413);
  assert.equal((await send(line())).status, 202);
});

test('only a token that may send outcomes can, and only where they are taken', async () => {
  const token = async (scopes) => {
    const answer = await fetch(`${at.console}/api/v1/tokens`, { method: 'POST',
      headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ label: scopes.join(), scopes }) });
    assert.equal(answer.status, 201);
    return (await answer.json()).token;
  };
  assert.equal((await send(line(), {}, await token(['intake']))).status, 202);
  assert.equal((await send(line(), {}, await token(['read']))).status, 403);
  assert.equal((await send(line(), {}, 'nobody')).status, 401);
  const elsewhere = await fetch(`${at.page}/v1/outcomes`, { method: 'POST', body: line() });
  assert.ok([404, 405].includes(elsewhere.status));
});

test('what was accepted before the watermark outlives a kill', async () => {
  for (let i = 0; i < 20; ++i) await send(line({ customer: `kept-${i}`, ok: i % 2 === 0 }));
  await durable();
  await at.candor.stop('SIGKILL');
  assert.equal(await sql("select count(*) from names where list = 0 and name like 'kept-%'"), '20');
  await start();
  assert.equal((await send(line({ customer: 'kept-3' }))).accepted, 1);
  await durable();
  // No second number for a known name.
  assert.equal(await sql("select count(*) from names where list = 0 and name = 'kept-3'"), '1');
  assert.ok(await metric('candor_outcome_customers') >= 20);
});

test('no name of a customer reaches the page', async () => {
  for (const path of ['/', '/api/v2/summary.json', '/history', '/history.atom']) {
    const text = await (await fetch(at.page + path)).text();
    assert.ok(!text.includes('kept-') && !text.includes('"acme"'), path);
  }
});
