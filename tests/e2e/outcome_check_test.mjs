// A check of outcomes from the wire to the page: customers fail, the component turns red and says
// for how many, it heals; one customer alone stays out of everything public.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Program, freePorts } from './deployment.mjs';

const START_MS = 30_000;
const FLIP_MS = 20_000;
let at;

const configuration = (ports) => `
page: { name: Acme Cloud }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[1]}",
          console: "127.0.0.1:${ports[2]}" }
incidents: { min_red: 1s, resolve_after: 1s }
components:
  - id: sign-in
    name: Sign-in
    checks:
      - { id: logins, outcomes: { stream: login, objective: 99% }, every: 1s, retry_every: 1s }
`;

before(async () => {
  const ports = await freePorts(3);
  const folder = await mkdtemp(join(tmpdir(), 'candor-outcome-check-'));
  at = { folder, page: `http://127.0.0.1:${ports[0]}`, intake: `http://127.0.0.1:${ports[1]}`,
    console: `http://127.0.0.1:${ports[2]}` };
  await writeFile(join(folder, 'candor.yaml'), configuration(ports));
  at.candor = new Program(process.env.CANDOR, ['serve'], { cwd: folder });
  await at.candor.until('the server is ready', START_MS,
    async () => (await fetch(`${at.console}/readyz`)).ok);
  at.token = (await readFile(join(folder, 'data/operator.token'), 'utf8')).trim();
});

after(async () => {
  await at.candor.stop();
  await rm(at.folder, { recursive: true, force: true });
});

// `attempts` by each of these customers, of which so many fail.
async function use(customers, attempts, failures, age_ms = 0) {
  let body = '';
  for (const customer of customers) {
    for (let i = 0; i < attempts; ++i) {
      body += `${JSON.stringify({ t: Date.now() - age_ms, stream: 'login', ok: i >= failures,
        customer: `customer-${customer}` })}\n`;
    }
  }
  const answer = await fetch(`${at.intake}/v1/outcomes`,
    { method: 'POST', body, headers: { Authorization: `Bearer ${at.token}` } });
  assert.equal(answer.status, 202);
}

const text = async (path) => (await fetch(at.page + path)).text();
const statusOf = async () =>
  JSON.parse(await text('/api/v2/components.json')).components[0].status;
const becomes = (status) =>
  at.candor.until(`the page says ${status}`, FLIP_MS, async () => (await statusOf()) === status);
const many = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);
const api = async (path) => (await fetch(`${at.console}/api/v1${path}`,
  { headers: { Authorization: `Bearer ${at.token}` } })).json();

test('nobody has used it yet: not measured, and not green', async () => {
  await becomes('degraded_performance');
  assert.match(await text('/'), /not measured|stopped reporting|was not used/i);
});

test('what works for customers is green', async () => {
  await use(many(0, 100), 20, 0);
  await becomes('operational');
});

test('one customer who is down is the operators\' matter alone', async () => {
  await use([7], 60, 60);
  const check = await at.candor.until('the check fails for one', FLIP_MS, async () => {
    const one = await api('/checks/logins');
    return one.verdict === 'fail' && one;
  });
  assert.deepEqual(check.evidence, { kind: 'outcomes_failed', value: 1, limit: 100 });
  assert.equal(await statusOf(), 'operational');
  assert.ok(!(await text('/')).includes('one customer'));
  assert.ok(!(await text('/history.atom')).includes('one customer'));
});

test('many customers turn it red, and the page says for how many', async () => {
  await use(many(10, 22), 60, 60);
  await becomes('partial_outage');
  const { incidents } = JSON.parse(await text('/api/v2/incidents/unresolved.json'));
  const open = await at.candor.until('the incident is listed', FLIP_MS, async () =>
    JSON.parse(await text('/api/v2/incidents/unresolved.json')).incidents
      .find((one) => /partly down/.test(one.name)) ?? incidents.find(() => false));
  assert.match(open.incident_updates.at(-1).body,
    /Sign-in fails for about 1\d % of the customers who use it/);
});

test('a quarter of the customers is a major outage', async () => {
  await use(many(30, 60), 60, 60);
  await becomes('major_outage');
});

test('nothing public names a customer', async () => {
  for (const path of ['/', '/history', '/history.atom', '/history.rss', '/api/v2/summary.json',
    '/api/v2/incidents.json', '/components/sign-in', '/badge/sign-in.json']) {
    assert.ok(!/customer-\d/.test(await text(path)), path);
  }
});
