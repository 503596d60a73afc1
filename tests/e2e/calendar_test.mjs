// /maintenance.ics in two calendars of other makers: ical.js reads each event as Candor means it,
// khal imports it, follows what is moved and shows what was called off.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import ICAL from 'ical.js';
import { Program, freePorts } from './deployment.mjs';

const run = promisify(execFile);
const START_MS = 30_000;
const HOUR_MS = 3_600_000;
const ZONE = 'America/Toronto';
// Everything that the format has to escape or fold, and that is longer than one of its lines.
const AWKWARD = 'Ropes, cables; a \\ and „Kübel“ 🪣 — with a name that is much longer than one line';
let at;

const configuration = (ports) => `
page: { name: Acme Cloud, url: "https://status.acme.example" }
listen: { public: "127.0.0.1:${ports[0]}", intake: "127.0.0.1:${ports[0]}",
          console: "127.0.0.1:${ports[0]}" }
components: [{ id: directory, name: Directory }]
maintenance:
  - { id: weekly, name: Weekly reboot, components: [directory], start: "2026-01-05T22:00",
      duration: 90m, time_zone: ${ZONE}, repeat: "FREQ=WEEKLY;BYDAY=MO" }
`;

async function call(path, body) {
  const answer = await fetch(`${at.url}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const json = await answer.json();
  assert.ok(answer.ok, `${path}: ${JSON.stringify(json)}`);
  if (body) Object.assign(at, json);
  return json;
}

// Whole minutes: calendars show no more.
const inHours = (n) => new Date(Math.ceil((Date.now() + n * HOUR_MS) / 60_000) * 60_000);

const plan = async (name, from, hours, more = {}) => (await call('/maintenances', { name,
  text: AWKWARD, components: ['directory'], start: inHours(from).toISOString(),
  end: inHours(from + hours).toISOString(), ...more })).id;

function eventsOf(text) {
  ICAL.design.strict = true;
  const root = new ICAL.Component(ICAL.parse(text));
  return root.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
}

const eventOf = (text, id) =>
  eventsOf(text).find((one) => one.uid === `${id}@status.acme.example`);

// As calendars fetch it, once it tells of the last call.
async function calendar() {
  const { start, end, status } = await call(`/maintenances/${at.id}`);
  return at.candor.until('the calendar tells of it', 10_000, async () => {
    const answer = await fetch(`${at.url}/maintenance.ics`);
    assert.match(answer.headers.get('content-type'), /^text\/calendar/);
    const text = await answer.text();
    const event = eventOf(text, at.id);
    assert.equal(event?.startDate.toJSDate().toISOString(), start);
    assert.equal(event.endDate.toJSDate().toISOString(), end);
    assert.equal(event.component.getFirstPropertyValue('status') === 'CANCELLED',
      status === 'cancelled');
    return text;
  });
}

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-calendar-'));
  at = { folder, ports: await freePorts(1) };
  at.url = `http://127.0.0.1:${at.ports[0]}`;
  await writeFile(join(folder, 'candor.yaml'), configuration(at.ports));
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', join(folder, 'candor.yaml')],
    { cwd: folder });
  await at.candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(folder, 'data', 'operator.token'), 'utf8')).trim();
});

after(async () => {
  await at?.candor?.stop();
  if (at) await rm(at.folder, { recursive: true, force: true });
});

test('ical.js reads every window of the list, with its times and its words', async () => {
  const id = await plan(AWKWARD, 30, 2);
  const text = await calendar();
  const root = new ICAL.Component(ICAL.parse(text));
  assert.equal(root.getFirstPropertyValue('version'), '2.0');
  assert.equal(root.getFirstPropertyValue('x-wr-calname'), 'Acme Cloud maintenance');
  const events = eventsOf(text);
  const { items } = await call('/maintenances?limit=200');
  assert.equal(events.length, items.length);
  for (const window of items) {
    const event = eventOf(text, window.id);
    assert.equal(event.summary, window.name);
    for (const [mine, theirs] of [[window.start, event.startDate], [window.end, event.endDate]]) {
      assert.equal(theirs.zone, ICAL.Timezone.utcTimezone);
      assert.equal(theirs.toUnixTime(), Math.floor(new Date(mine).getTime() / 1000));
    }
  }
  const one = eventOf(text, id);
  assert.equal(one.summary, AWKWARD);
  assert.equal(one.description, `Affects Directory.\n${AWKWARD}`);
  assert.equal(one.component.getFirstPropertyValue('url'),
    `https://status.acme.example/maintenance/${id}`);
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
});

test('a recurring window is there as each of its dates, at its time on the wall', async () => {
  const weekly = eventsOf(await calendar()).filter((one) => one.summary === 'Weekly reboot');
  assert.ok(weekly.length >= 5, `${weekly.length} in the next 35 days`);
  assert.equal(new Set(weekly.map((one) => one.uid)).size, weekly.length);
  const wall = new Intl.DateTimeFormat('en-GB',
    { timeZone: ZONE, weekday: 'short', hour: '2-digit', minute: '2-digit' });
  for (const one of weekly) {
    assert.equal(wall.format(one.startDate.toJSDate()), 'Mon 22:00');
    assert.equal(one.duration.toSeconds(), 90 * 60);
  }
  const [first, second] = weekly.map((one) => one.startDate.toUnixTime()).sort();
  const days = (second - first) / (24 * 3600);
  assert.ok(days > 6.9 && days < 7.1, `${days} days between two of them`);
});

test('what is moved, lengthened or called off rises in its sequence', async () => {
  const id = await plan('Moving', 40, 1);
  const before = eventOf(await calendar(), id);
  await call(`/maintenances/${id}/updates`, { end: inHours(43).toISOString() });
  const longer = eventOf(await calendar(), id);
  assert.ok(longer.sequence > before.sequence);
  assert.ok(longer.endDate.compare(before.endDate) > 0);
  await call(`/maintenances/${id}/cancel`, {});
  const off = eventOf(await calendar(), id);
  assert.ok(off.sequence > longer.sequence);
  assert.equal(off.component.getFirstPropertyValue('status'), 'CANCELLED');
});

// A khal of its own, in UTC, with one empty calendar.
async function startKhal() {
  const home = join(at.folder, 'khal');
  await mkdir(join(home, 'events'), { recursive: true });
  const config = join(home, 'config');
  await writeFile(config, `[calendars]
[[candor]]
path = ${join(home, 'events')}
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = ${join(home, 'khal.db')}
`);
  const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, LANG: 'C.UTF-8' };
  const khal = async (...args) =>
    (await run('khal', ['--config', config, ...args], { env })).stdout;
  return {
    import: async (text) => {
      const file = join(home, 'maintenance.ics');
      await writeFile(file, text);
      await khal('import', '--batch', '-a', 'candor', file);
    },
    // One line for each event of the next days: its times, its name.
    list: async (days) => (await khal('list', '--day-format', '', '--format',
      '{start-long} {end-long} {title}{cancelled}', '--once', 'now', `${days}d`))
      .split('\n').filter((line) => line !== ''),
  };
}

const minuteOf = (iso) => new Date(iso).toISOString().slice(0, 16).replace('T', ' ');
const lineOf = (window) => `${minuteOf(window.start)} ${minuteOf(window.end)} ${window.name}`;

test('khal imports the windows, recurring ones too, and follows what changes', async () => {
  const id = await plan('Seen by khal', 50, 2);
  const off = await plan('Called off for khal', 60, 1);
  const khal = await startKhal();
  await khal.import(await calendar());
  const window = () => call(`/maintenances/${id}`);
  const { items } = await call('/maintenances?state=open&limit=200');
  const first = await khal.list(40);
  for (const one of items) assert.ok(first.includes(lineOf(one)), `${lineOf(one)}\n${first}`);

  await call(`/maintenances/${id}/updates`, { end: inHours(55).toISOString() });
  await call(`/maintenances/${off}/cancel`, {});
  await khal.import(await calendar());
  const second = await khal.list(40);
  assert.equal(second.length, first.length, 'nothing twice');
  assert.ok(second.includes(lineOf(await window())), second.join('\n'));
  const gone = second.find((line) => line.includes('Called off for khal'));
  assert.match(gone, /CANCELLED/);
});
