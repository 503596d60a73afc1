// The operators' console in a real browser: from red to explained by keyboard alone, every screen
// in light, dark and at 320 px, and axe is content.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessibilityViolations, holdBack, launch } from './browser.mjs';
import { assertFitForAll, openConsole } from './console_page.mjs';
import { Deployment, until } from './deployment.mjs';

let deployment;
let browser;
let token;
let incident;

before(async () => {
  deployment = await Deployment.start();
  browser = await launch();
  token = (await readFile(join(deployment.folder, 'data', 'operator.token'), 'utf8')).trim();
  await deployment.break('down', 'directory');
  await deployment.becomes('Directory', 'major_outage');
  const { incidents } = await api('/incidents');
  incident = incidents[0];
});

after(async () => {
  await browser?.close();
  await deployment?.stop();
});

async function api(path) {
  const response = await fetch(`${deployment.console}/api/v1${path}`,
    { headers: { Authorization: `Bearer ${token}` } });
  assert.equal(response.status, 200, path);
  return response.json();
}

async function makeUser(name, mail, password) {
  const made = await fetch(`${deployment.console}/api/v1/users`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, mail, role: 'responder', password }),
  });
  assert.equal(made.status, 201);
  return made.json();
}

const openScreen = (hash, options) =>
  openConsole(browser, { origin: deployment.console, token, hash, options });

const screens = () => ['#/now', '#/incidents', `#/incidents/${incident.id}`, '#/components',
  '#/checks/directory-health', '#/audit'];

async function openDoor(hash = '') {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${deployment.console}/console/${hash}`);
  await page.locator('#mail').waitFor();
  return { page, context };
}

test('without a token there is a door, and a wrong one does not open it', async () => {
  const { page, context } = await openDoor();
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.getByRole('button', { name: 'Use a token' }).click();
  await page.locator('#token').waitFor();
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.locator('#token').fill('not-the-token');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.getByRole('alert').innerText(), /token/);
  await page.locator('#token').fill(token);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /Directory/ }).waitFor();
  await context.close();
});

test('the one-time link makes the first admin and leaves the address', async () => {
  const key = /#setup=([0-9a-f]+)/.exec(deployment.candor.said)?.[1];
  assert.ok(key, 'the link is printed at the start');
  const { page, context } = await openDoor(`#setup=${key}`);
  assert.ok(!page.url().includes(key));
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.locator('#name').fill('Ada Stone');
  await page.locator('#mail').fill('ada@acme.example');
  await page.locator('#password').fill('a long night in april');
  await page.keyboard.press('Enter');
  await page.getByText('Ada Stone').waitFor();
  await context.close();
});

test('people sign in with a password, act under their name and sign out', async () => {
  const password = 'a quiet night in may';
  const { id } = await makeUser('Kim Lee', 'kim@acme.example', password);
  const { page, context } = await openDoor();
  await page.locator('#mail').fill('kim@acme.example');
  await page.locator('#password').fill('not the password');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByText('Kim Lee').waitFor();
  const [cookie] = await context.cookies();
  assert.ok(cookie.httpOnly && cookie.sameSite === 'Strict');

  await page.goto(`${deployment.console}/console/#/incidents/${incident.id}`);
  await page.locator('#explain').fill('Kim looks at it.');
  await page.locator('#explain').press('Control+Enter');
  await page.locator('.as-public').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.getByText('Published.').waitFor();
  const { items } = await api('/audit');
  assert.ok(items.some((i) => i.actor === `user:${id}` && i.words === 'Posted to an incident'));

  // A reading that is still on its way must not open the console again.
  const held = await holdBack(page, '**/api/v1/state');
  await makeUser('Lou Berg', 'lou@acme.example', password);
  await held.asked;
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.locator('#mail').waitFor();
  await held.letGo();
  assert.ok(await page.locator('#mail').isVisible());
  assert.deepEqual(await context.cookies(), []);
  await page.reload();
  await page.locator('#mail').waitFor();
  await context.close();
});

test('from red to explained by keyboard alone', async () => {
  const { page, trouble, close } = await openScreen('#/now');
  await page.getByRole('heading', { level: 1, name: /Directory is down/ }).waitFor();
  await page.keyboard.press('i');
  await page.locator('#explain').waitFor();
  await page.keyboard.press('e');
  await page.keyboard.type('People cannot open **Directory**. A server lost its disk.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.as-public').waitFor();
  assert.match(await page.locator('.as-public').innerHTML(), /<strong>Directory<\/strong>/);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Published.').waitFor();
  await until('the public page says it', 10_000, async () => {
    const html = await (await fetch(`${deployment.page}/incidents/${incident.id}`)).text();
    return html.includes('A server lost its disk.');
  });
  await page.locator('.timeline').getByText('A server lost its disk.').waitFor();
  assert.deepEqual(trouble, []);
  await close();
});

test('a person takes it on, and says that it began earlier', async () => {
  const { page, trouble, close } = await openScreen(`#/incidents/${incident.id}`);
  await page.getByRole('button', { name: 'Take it on' }).click();
  await page.getByText(/^Taken on /).waitFor();
  await page.getByRole('button', { name: 'Correct the record…' }).click();
  assert.deepEqual(await accessibilityViolations(page), []);
  const before = new Date(new Date(incident.started).getTime() - 3_600_000);
  const local = new Date(before.getTime() - before.getTimezoneOffset() * 60_000);
  await page.getByLabel('When it began').fill(local.toISOString().slice(0, 19));
  await page.getByRole('button', { name: 'Correct publicly' }).click();
  await page.getByText('Done. The page shows it, marked.').waitFor();
  await until('the public page marks it', 10_000, async () => {
    const html = await (await fetch(`${deployment.page}/incidents/${incident.id}`)).text();
    return html.includes('by hand');
  });
  assert.deepEqual(trouble, []);
  await close();
});

test('a new position reaches an open screen by itself', async () => {
  const { page, close } = await openScreen('#/now');
  await deployment.break('down', 'calls');
  await page.getByRole('link', { name: 'Calls is down' }).waitFor({ timeout: 20_000 });
  await close();
});

test('every screen is fit for everybody', async () => {
  for (const hash of screens()) {
    await assertFitForAll(browser, { origin: deployment.console, token, hash });
  }
});
