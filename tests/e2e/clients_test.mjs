// Programs written for others read Candor unchanged: Statuspage's client, feed readers, shields.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Ajv from 'ajv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import FeedParser from 'rss-parser';
import { Statuspage } from 'statuspage.io';
import { Deployment } from './deployment.mjs';
import { schemas } from './statuspage_schema.mjs';

let deployment;
let incident;

before(async () => {
  deployment = await Deployment.start();
  await deployment.break('down', 'directory');
  await deployment.becomes('Directory', 'major_outage');
  [incident] = (await deployment.json('/api/v2/incidents/unresolved.json')).incidents;
});

after(() => deployment?.stop());

function client() {
  const statuspage = new Statuspage('candor');
  statuspage.setApiUrl(deployment.page);
  return statuspage;
}

test('every Statuspage document has exactly the documented shape', async () => {
  const ajv = new Ajv({ allErrors: true, strict: true });
  for (const [path, schema] of Object.entries(schemas)) {
    const document = await deployment.json(`/api/v2/${path}.json`);
    const valid = ajv.validate(schema, document);
    assert.ok(valid, `${path}: ${ajv.errorsText(ajv.errors, { separator: '\n' })}`);
  }
});

test('the schema would notice an invented status', async () => {
  const ajv = new Ajv({ allErrors: true, strict: true });
  const document = await deployment.json('/api/v2/components.json');
  document.components[0].status = 'unknown';
  assert.equal(ajv.validate(schemas.components, document), false);
});

test("Statuspage's npm client reads status, summary, components and incidents", async () => {
  const { api } = client();
  const { status } = await api.getStatus();
  assert.notEqual(status.indicator, 'none');
  const summary = await api.getSummary();
  assert.equal(summary.page.name, 'Acme Cloud');
  assert.equal(summary.incidents.length, 1);
  const { components } = await api.getComponents();
  const directory = components.find(({ name }) => name === 'Directory');
  assert.equal(directory.status, 'major_outage');
  assert.equal((await api.incidents.getAll()).incidents[0].id, incident.id);
  assert.equal((await api.incidents.getUnresolved()).incidents[0].id, incident.id);
  for (const list of ['getAll', 'getActive', 'getUpcoming']) {
    assert.deepEqual((await api.scheduledMaintenances[list]()).scheduled_maintenances, [], list);
  }
});

test('a page of another origin may read the API', async () => {
  const answer = await fetch(`${deployment.page}/api/v2/summary.json`,
    { headers: { Origin: 'https://elsewhere.example' } });
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.match(answer.headers.get('content-type'), /^application\/json/);
});

test('Atom and RSS are well formed and name the incident', async () => {
  for (const path of ['/history.atom', '/history.rss']) {
    const text = await deployment.text(path);
    assert.equal(XMLValidator.validate(text), true, path);
    const feed = await new FeedParser().parseString(text);
    assert.equal(feed.items[0].title, incident.name, path);
    assert.match(feed.items[0].link, new RegExp(`/incidents/`), path);
    const body = feed.items[0].content ?? feed.items[0].description;
    assert.match(body, /Investigating/, path);
  }
  const atom = new XMLParser({ ignoreAttributes: false })
    .parse(await deployment.text('/history.atom')).feed;
  assert.match(atom.id, /^tag:/);
  assert.ok(Number.isFinite(Date.parse(atom.updated)));
});

test('badges are SVG, and the shields document has only its keys', async () => {
  const answer = await fetch(`${deployment.page}/badge.svg`);
  assert.match(answer.headers.get('content-type'), /^image\/svg\+xml/);
  assert.equal(XMLValidator.validate(await answer.text()), true);
  const badge = await deployment.json('/badge/directory.json');
  assert.equal(badge.schemaVersion, 1);
  const known = ['schemaVersion', 'label', 'message', 'color', 'labelColor', 'isError', 'namedLogo',
    'logoSvg', 'logoColor', 'logoWidth', 'style', 'cacheSeconds'];
  assert.deepEqual(Object.keys(badge).filter((key) => !known.includes(key)), []);
});

async function schedule(name, start_ms, end_ms) {
  const token = await readFile(join(deployment.folder, 'data', 'operator.token'), 'utf8');
  const at = (ms) => new Date(Date.now() + ms).toISOString();
  const answer = await fetch(`${deployment.console}/api/v1/maintenances`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token.trim()}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      name, text: 'We replace a disk, slowly.', components: ['calls'], expects: ['http'],
      ...(start_ms ? { start: at(start_ms) } : {}), end: at(end_ms),
    }),
  });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).id;
}

test('maintenance reaches the client, the schema, the feeds and calendars', async () => {
  const now = await schedule('New disk', 0, 3_600_000);
  const later = await schedule('New machines', 86_400_000, 90_000_000);
  await deployment.becomes('Calls', 'under_maintenance');
  // Read directly: Statuspage's client asks for upcoming.json under each of its three names.
  const names = async () => (await deployment.json('/api/v2/scheduled-maintenances.json'))
    .scheduled_maintenances.map((one) => one.name);
  await deployment.candor.until('the page knows both windows', 20_000,
    async () => (await names()).length === 2);
  assert.deepEqual(await names(), ['New machines', 'New disk']);
  const upcoming = await client().api.scheduledMaintenances.getUpcoming();
  assert.deepEqual(upcoming.scheduled_maintenances.map((one) => one.name), ['New machines']);
  const active = await deployment.json('/api/v2/scheduled-maintenances/active.json');
  assert.deepEqual(active.scheduled_maintenances.map((one) => one.name), ['New disk']);
  const ajv = new Ajv({ allErrors: true, strict: true });
  for (const path of Object.keys(schemas)) {
    const valid = ajv.validate(schemas[path], await deployment.json(`/api/v2/${path}.json`));
    assert.ok(valid, `${path}: ${ajv.errorsText(ajv.errors, { separator: '\n' })}`);
  }
  for (const id of [now, later]) assert.match(await deployment.text(`/maintenance/${id}`), /New /);
  assert.equal(XMLValidator.validate(await deployment.text('/history.atom')), true);
  assert.match(await deployment.text('/history.rss'), /THIS IS A SCHEDULED EVENT/);
  const calendar = await fetch(`${deployment.page}/maintenance.ics`);
  assert.match(calendar.headers.get('content-type'), /^text\/calendar/);
  const lines = (await calendar.text()).replaceAll('\r\n ', '').split('\r\n');
  assert.equal(lines.filter((line) => line === 'BEGIN:VEVENT').length, 2);
  assert.ok(lines.includes('SUMMARY:New machines'));
});

test('a heartbeat that nobody configured is not found', async () => {
  const url = `http://127.0.0.1:${deployment.ports.intake}/ping/`;
  const answer = await fetch(`${url}00000000-0000-4000-8000-000000000000`);
  assert.equal(answer.status, 404);
  assert.equal((await answer.text()).trim(), 'not found');
});
