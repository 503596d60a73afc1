// The main calls of the API through prism, which holds each request and answer against the
// description that the same binary serves.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Program, freePorts, until } from '../e2e/deployment.mjs';
import { serveCandor, writeDescription } from './served.mjs';

const START_MS = 30_000;
const prism = fileURLToPath(new URL('node_modules/@stoplight/prism-cli/dist/index.js',
  import.meta.url));
let at;

before(async () => { at = await serveCandor(); });
after(() => at?.stop());

async function startProxy(description) {
  const [port] = await freePorts(1);
  const proxy = new Program(process.execPath,
    [prism, 'proxy', description, at.url, '--errors', '--port', String(port)]);
  try {
    await proxy.until('prism listens', START_MS, () => proxy.said.includes('is listening on'));
  } catch (error) {
    await proxy.stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, stop: () => proxy.stop() };
}

// What prism has to say against a call; nothing when it agrees.
function violationsIn(answer, text) {
  const said = answer.headers.get('sl-violations');
  if (said) return said;
  return text.includes('stoplight.io/prism/errors') ? text : '';
}

// Calls through the proxy; the answer's JSON and headers, once prism has agreed with both sides.
function caller(proxy) {
  return async (expected, method, path, body, headers = {}) => {
    const answer = await fetch(`${proxy.url}/api/v1${path}`, { method,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers: { Authorization: `Bearer ${at.token}`, ...headers,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) } });
    const text = await answer.text();
    const violations = violationsIn(answer, text);
    assert.equal(violations, '', `${method} ${path}: ${violations}`);
    assert.equal(answer.status, expected, `${method} ${path}: ${text}`);
    return { json: text ? JSON.parse(text) : null, etag: answer.headers.get('etag') };
  };
}

const soon = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();

async function peopleAndTokens(call) {
  await call(200, 'GET', '/session');
  const password = 'a long night in april';
  const made = await call(201, 'POST', '/users',
    { name: 'Kim', mail: 'kim@acme.example', role: 'viewer', password });
  const user = `/users/${made.json.id}`;
  await call(200, 'GET', '/users?limit=1');
  const read = await call(200, 'GET', user);
  await call(304, 'GET', user, undefined, { 'If-None-Match': read.etag });
  await call(200, 'PATCH', user, { role: 'responder' }, { 'If-Match': read.etag });
  await call(412, 'PATCH', user, { role: 'admin' }, { 'If-Match': read.etag });
  await call(200, 'POST', '/session', { mail: 'kim@acme.example', password });
  await call(204, 'POST', `${user}/password`, { password: 'another long night' });
  const { etag } = await call(200, 'GET', user);
  await call(204, 'DELETE', user, undefined, { 'If-Match': etag });
  const token = await call(201, 'POST', '/tokens', { label: 'deploys', scopes: ['read'] });
  await call(200, 'GET', '/tokens');
  await call(200, 'GET', `/tokens/${token.json.id}`);
  await call(204, 'DELETE', `/tokens/${token.json.id}`);
}

async function incidents(call) {
  const declared = (title, component) => call(201, 'POST', '/incidents',
    { title, text: 'We look.', components: { [component]: 'major_outage' } });
  const { json: { id } } = await declared('Directory is down', 'directory');
  const path = `/incidents/${id}`;
  const read = await call(200, 'GET', path);
  await call(201, 'POST', `${path}/updates`,
    { text: 'A job removed users.', status: 'identified' }, { 'If-Match': read.etag });
  await call(412, 'POST', `${path}/acknowledge`, undefined, { 'If-Match': read.etag });
  await call(200, 'POST', `${path}/acknowledge`);
  await call(200, 'POST', `${path}/start`, { start: soon(-30) });
  const split = await declared('Calls drop', 'calls');
  await call(200, 'POST', `/incidents/${split.json.id}/merge`, { into: id });
  await call(201, 'POST', `${path}/split`, { component: 'calls', title: 'Calls', text: 'Apart.' });
  await call(201, 'POST', `${path}/updates`, { text: 'Over.', status: 'resolved',
    components: { directory: 'operational' } });
  await call(200, 'GET', path);
  await call(200, 'GET', '/incidents?limit=2');
  await call(200, 'POST', '/preview', { text: '**bold**' });
  await call(404, 'GET', '/incidents/unheard-of');
}

async function maintenance(call) {
  const window = { name: 'Upgrade', text: 'We upgrade.', components: ['directory'],
    start: soon(60), end: soon(120) };
  const { json: { id } } = await call(201, 'POST', '/maintenances', window);
  const path = `/maintenances/${id}`;
  await call(201, 'POST', `${path}/updates`, { text: 'Later.', end: soon(180) });
  await call(200, 'GET', path);
  await call(200, 'GET', '/maintenances');
  await call(200, 'POST', `${path}/cancel`, { text: 'Not today.' });
  const { start, ...now } = window;
  const begun = await call(201, 'POST', '/maintenances', now);
  await call(200, 'POST', `/maintenances/${begun.json.id}/finish`, {});
}

async function onCall(call) {
  await call(200, 'POST', '/on_call/mute', { for_s: 600 });
  const { json: { id } } = await call(201, 'POST', '/on_call/overrides',
    { rotation: 'in-turn', who: 'Bea', start: soon(10), end: soon(60) });
  await call(200, 'GET', '/on_call');
  await call(204, 'DELETE', '/on_call/mute');
  await call(204, 'DELETE', `/on_call/overrides/${id}`);
  const { json: { subject } } = await call(202, 'POST', '/on_call/test', { step: 1 });
  await until('the test call is told of', START_MS, async () => {
    const { json } = await call(200, 'GET', `/deliveries?incident=${subject}`);
    return json.items.length > 0;
  });
}

test('no call of the API differs from its description', async () => {
  const proxy = await startProxy(await writeDescription(at, 'openapi.json'));
  try {
    const call = caller(proxy);
    await call(200, 'GET', '/openapi.json');
    for (const part of [peopleAndTokens, incidents, maintenance, onCall]) await part(call);
    for (const path of ['/state', '/checks', '/checks/beat', '/subscribers', '/audit?limit=5',
      '/deliveries']) await call(200, 'GET', path);
  } finally {
    await proxy.stop();
  }
});

test('a description that tells something else is noticed', async () => {
  const proxy = await startProxy(await writeDescription(at, 'spoilt.json', (copy) => {
    copy.components.schemas.State.properties.position = { type: 'string' };
    copy.components.schemas.Words.required.push('unheard_of');
  }));
  try {
    const call = caller(proxy);
    await call(200, 'GET', '/checks');
    await assert.rejects(call(200, 'GET', '/state'), /position/);
    await assert.rejects(call(200, 'POST', '/preview', { text: 'x' }), /unheard_of/);
  } finally {
    await proxy.stop();
  }
});
