// A reader's way through the real binary and a mail server of another maker: asks, confirms, hears
// of what lasts, and leaves by the one click of their mail program.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { launch } from './browser.mjs';
import { Program, freePorts, until } from './deployment.mjs';
import { MailSink } from './sinks.mjs';

const START_MS = 30_000;
const KIM = 'kim@acme.example';
let at;

function configuration({ url, ports, mail, tellAfter = '1s', subscribers = true }) {
  const listen = `"127.0.0.1:${ports[0]}"`;
  const smtp = `{ url: "smtp://127.0.0.1:${mail.port}", from: status@acme.example }`;
  return `page: { name: Acme Cloud, url: "${url}" }
listen: { public: ${listen}, intake: ${listen}, console: ${listen} }
incidents: { tell_after: ${tellAfter} }
components:
  - { id: directory, name: Directory }
  - { id: calls, name: Calls }
${subscribers ? `subscribers: { smtp: ${smtp} }` : ''}
`;
}

async function start() {
  at.candor = new Program(process.env.CANDOR, ['serve', '--config', at.file], { cwd: at.folder });
  await at.candor.until('the page answers', START_MS, async () => (await fetch(at.url)).ok);
  at.token = (await readFile(join(at.folder, 'data', 'operator.token'), 'utf8')).trim();
}

async function call(method, path, body) {
  const answer = await fetch(at.url + path, {
    method,
    headers: { Authorization: `Bearer ${at.token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, json: text && JSON.parse(text) };
}

async function form(url, fields = {}) {
  const answer = await fetch(new URL(url, at.url), { method: 'POST',
    body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

const page = async (url) => (await fetch(new URL(url, at.url))).text();

// Quoted-printable of what links hold.
const linkIn = (text, path) => text.replace(/=3D/g, '=')
  .match(new RegExp(`http://[^\\s"<]*/subscribe/${path}\\?s=[\\w.-]+`))[0];

const declare = async (title, components = { directory: 'major_outage' }) => {
  const answer = await call('POST', '/api/v1/incidents',
    { title, text: 'We are looking.', components });
  assert.equal(answer.status, 201, JSON.stringify(answer.json));
  return answer.json.id;
};

const resolve = (id) => call('POST', `/api/v1/incidents/${id}/updates`,
  { text: 'All is well.', status: 'resolved', components: { directory: 'operational' } });

async function subscribers() {
  const answer = await call('GET', '/api/v1/subscribers');
  assert.equal(answer.status, 200, JSON.stringify(answer.json));
  return answer.json.items;
}

// Asks and confirms; returns the mail that asked.
async function subscribe(mail = KIM, fields = {}) {
  const before = at.mail.mails.length;
  const asked = await form('/subscribe', { mail, ...fields });
  assert.equal(asked.status, 200, asked.text);
  await at.mail.arrived(`to confirm ${mail}`, (one) => at.mail.mails.indexOf(one) >= before
    && one.to[0] === mail && /Please confirm/.test(one.head));
  const letter = at.mail.mails.slice(before).find((one) => one.to[0] === mail);
  const link = linkIn(letter.text, 'confirm');
  const confirmed = await form(link);
  assert.match(confirmed.text, /You get updates now\./);
  await until('the list shows them', START_MS, async () => (await subscribers())
    .some((one) => one.address === mail));
  return letter;
}

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-subscribers-'));
  at = { folder, file: join(folder, 'candor.yaml'),
    mail: await new MailSink().start(process.env.SMTP_SINK), ports: await freePorts(1) };
  at.url = `http://127.0.0.1:${at.ports[0]}`;
  await writeFile(at.file, configuration(at));
});

afterEach(async () => {
  await at.candor?.stop();
  await at.mail.stop();
  await rm(at.folder, { recursive: true, force: true });
});

test('asks, confirms, hears of what lasts, and leaves with one click', async () => {
  await start();
  assert.match(await page('/'), /<a href="\/subscribe">Get updates<\/a>/);
  assert.match(await page('/subscribe'), /<form method=post action="\/subscribe">/);

  const asked = await form('/subscribe', { mail: KIM, component: 'directory' });
  const letter = await at.mail.arrived('to confirm', (one) => one.to[0] === KIM);
  assert.match(letter.head, /^Subject: Please confirm/m);
  const link = linkIn(letter.text, 'confirm');
  // A program that follows every link of a mail changes nothing.
  assert.match(await page(link), /One click left/);
  assert.deepEqual(await subscribers(), []);
  assert.match((await form(link)).text, /You get updates now\./);
  await until('the list shows them', START_MS, async () => (await subscribers()).length === 1);
  const [kim] = await subscribers();
  assert.deepEqual([kim.address, kim.components, kim.disabled], [KIM, ['directory'], false]);

  const again = await form('/subscribe', { mail: KIM, component: 'directory' });
  assert.equal(again.text.replace(/As of.*?record \d+/s, ''),
    asked.text.replace(/As of.*?record \d+/s, ''), 'known or not, the same answer');

  await declare('Calls are down', { calls: 'major_outage' });
  const id = await declare('Directory is down');
  const news = await at.mail.arrived('about the outage', (one) =>
    /Directory is down/.test(one.head));
  assert.deepEqual(news.to, [KIM]);
  assert.match(news.head, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/mi);
  const [, oneClick] = news.head.match(/^List-Unsubscribe: <(.*)>$/mi);
  assert.equal(oneClick, linkIn(news.text, 'leave'));

  const left = await form(oneClick, { 'List-Unsubscribe': 'One-Click' });
  assert.equal(left.status, 200);
  await until('the list forgets them', START_MS, async () => (await subscribers()).length === 0);
  assert.equal((await form(oneClick)).status, 200, 'twice is no error');
  await resolve(id);
  await declare('And again');
  // Somebody else, so that there is something to wait for.
  await subscribe('tim@acme.example');
  await declare('The last one');
  await at.mail.arrived('to the other', (one) => /The last one/.test(one.head));
  assert.equal(at.mail.mails.filter((one) => one.to[0] === KIM
    && !/Please confirm/.test(one.head)).length, 1, 'no mail after leaving');
  assert.ok(!at.mail.mails.some((one) => /Calls are down/.test(one.head)), 'not chosen');
  await at.candor.stop();
  for (const name of ['journal.db', 'notify.db']) {
    const bytes = await readFile(join(at.folder, 'data', name), 'latin1');
    assert.ok(bytes.includes('tim@acme.example'), name);
    assert.ok(!bytes.includes(KIM), `${name}: who left is erased`);
  }
});

test('a client of Statuspage subscribes, with the id that it was told', async () => {
  await start();
  const { components } = await (await fetch(`${at.url}/api/v2/components.json`)).json();
  const calls = components.find((one) => one.name === 'Calls').id;
  const asked = await form('/api/v2/subscribers.json',
    { 'subscriber[email]': KIM, 'subscriber[component_ids][]': calls });
  assert.equal(asked.status, 202, asked.text);
  const letter = await at.mail.arrived('to confirm', (one) => one.to[0] === KIM);
  await form(linkIn(letter.text, 'confirm'));
  await until('the list shows them', START_MS, async () => (await subscribers()).length === 1);
  assert.deepEqual((await subscribers())[0].components, ['calls']);
  const leave = await fetch(`${at.url}/api/v2/subscribers/x.json`, { method: 'DELETE' });
  assert.equal(leave.status, 501);
  assert.match((await leave.json()).detail, /the link that each of them carries/);
});

test('what ends before tell_after is told to nobody', async () => {
  await writeFile(at.file, configuration({ ...at, tellAfter: '1h' }));
  await start();
  await subscribe();
  await declare('Directory is down');
  const end = await declare('Another trouble', { calls: 'major_outage' });
  await call('POST', `/api/v1/incidents/${end}/updates`, { text: 'A disk was full.' });
  await at.mail.arrived('a person\'s words', (one) => /A disk was full/.test(one.text));
  assert.ok(!at.mail.mails.some((one) => /Directory is down/.test(one.head)));
});

test('a subscription outlives a pulled plug and a lost notify.db, and can be changed', async () => {
  await start();
  await subscribe();
  await at.candor.stop('SIGKILL');
  for (const end of ['', '-wal', '-shm']) {
    await rm(join(at.folder, 'data', `notify.db${end}`), { force: true });
  }
  await start();
  await until('the list is built anew', START_MS, async () => (await subscribers()).length === 1);
  await declare('Directory is down');
  const news = await at.mail.arrived('about it', (one) => /Directory is down/.test(one.head));
  const manage = linkIn(news.text, 'manage');
  assert.match(await page(manage), /These mails go to kim@acme\.example/);
  assert.match((await form(manage, { component: 'calls', impact: 'critical' })).text, /Saved\./);
  await until('the choice is taken', START_MS, async () => {
    const [kim] = await subscribers();
    return kim.components[0] === 'calls' && kim.min_impact === 'critical';
  });
});

test('forged links, bad addresses and too many of them are refused', async () => {
  await start();
  assert.equal((await form('/subscribe', { mail: 'kim' })).status, 422);
  assert.equal((await form('/subscribe', { mail: KIM, component: 'gone' })).status, 422);
  for (const path of ['confirm', 'manage', 'leave']) {
    const link = `/subscribe/${path}?s=AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA`;
    assert.equal((await form(link)).status, 410, path);
    assert.equal((await fetch(at.url + link)).status, 410, path);
  }
  for (let i = 0; i < 3; i += 1) {
    assert.equal((await form('/subscribe', { mail: KIM })).status, 200);
  }
  const fourth = await form('/subscribe', { mail: 'KIM@acme.example' });
  assert.equal(fourth.status, 429);
  assert.ok(Number(fourth.headers.get('retry-after')) > 0);
  assert.equal((await form('/subscribe', { mail: 'tim@acme.example' })).status, 200);
});

test('an operator removes a subscriber', async () => {
  await start();
  await subscribe();
  const [kim] = await subscribers();
  assert.equal((await call('DELETE', '/api/v1/subscribers/nobody')).status, 404);
  assert.equal((await call('DELETE', `/api/v1/subscribers/${kim.id}`)).status, 204);
  await until('the list forgets them', START_MS, async () => (await subscribers()).length === 0);
  assert.equal((await fetch(`${at.url}/api/v1/subscribers`)).status, 401);
});

test('without the section there is no form, and a reload brings it', async () => {
  await writeFile(at.file, configuration({ ...at, subscribers: false }));
  await start();
  assert.ok(!/Get updates/.test(await page('/')));
  assert.equal((await fetch(`${at.url}/subscribe`)).status, 404);
  assert.equal((await call('GET', '/api/v1/subscribers')).status, 404);
  await writeFile(at.file, configuration(at));
  await at.candor.until('the reload', START_MS, () => /event=reloaded/.test(at.candor.said));
  assert.equal((await fetch(`${at.url}/subscribe`)).status, 200);
});

// Our pages send no referrer, so a browser's own form has `Origin: null`: it must not be taken for
// another site's.
test('the form works in a browser, and not from another site', async () => {
  await start();
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto(`${at.url}/subscribe`);
  await page.locator('input[name=mail]').fill(KIM);
  await page.locator('form[action="/subscribe"] button').first().click();
  await page.getByText('Look into your mailbox.').waitFor();
  const letter = await at.mail.arrived('to confirm', (one) => one.to[0] === KIM);
  await page.goto(linkIn(letter.text, 'confirm'));
  await page.locator('button').first().click();
  await page.getByText('You get updates now.').waitFor();
  await page.goto(`data:text/html,<form method=post action="${at.url}/subscribe">
    <input name=mail value="zoe@acme.example"><button>Win a prize</button></form>`);
  await page.locator('button').click();
  await page.getByText('Another site has sent this form.').waitFor();
  await browser.close();
});
