// Maintenance in the operators' console: planned by keyboard alone, told of, lengthened, finished
// and called off, and the public page follows.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Ajv from 'ajv/dist/2020.js';
import { accessibilityViolations, launch } from './browser.mjs';
import { assertFitForAll, openConsole } from './console_page.mjs';
import { Deployment, until } from './deployment.mjs';

const DAY_MS = 24 * 3_600_000;
let deployment;
let browser;
let token;

before(async () => {
  deployment = await Deployment.start();
  browser = await launch();
  token = (await readFile(join(deployment.folder, 'data', 'operator.token'), 'utf8')).trim();
});

after(async () => {
  await browser?.close();
  await deployment?.stop();
});

async function call(method, path, body) {
  const answer = await fetch(`${deployment.console}/api/v1${path}`, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const json = await answer.json();
  assert.ok(answer.ok, `${path}: ${JSON.stringify(json)}`);
  return json;
}

const inFuture = (ms) => new Date(Date.now() + ms).toISOString();

const plan = async (name, more = {}) => (await call('POST', '/maintenances', {
  name,
  text: 'We **move** some disks.',
  components: ['directory'],
  expects: ['directory-health'],
  end: inFuture(3_600_000),
  ...more,
})).id;

const open = (hash, options = {}) =>
  openConsole(browser, { origin: deployment.console, token, hash, options });

const publicly = (id, words) => until(`the public page says: ${words}`, 10_000, async () => {
  const html = await (await fetch(`${deployment.page}/maintenance/${id}`)).text();
  return html.includes(words);
});

const idOf = (page) => decodeURIComponent(page.url().split('/').pop());

// Presses Tab until the element has the focus; people without a mouse do nothing else.
async function tabTo(page, wanted) {
  for (let i = 0; i < 60; i += 1) {
    if (await wanted.evaluate((e) => e === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab never reaches it');
}

test('a window is planned by keyboard alone, in the zone of who plans it', async () => {
  const { page, trouble, close } = await open('#/now', { timezoneId: 'America/Toronto' });
  await page.keyboard.press('m');
  await page.getByText('Nothing is planned.').waitFor();
  await page.keyboard.press('p');
  await page.locator('#plan-name:focus').waitFor();
  await page.keyboard.type('Database upgrade');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Searching the **Directory** may be slow.');
  await page.getByText('When, in your time (America/Toronto)').waitFor();
  await page.getByText(/E[SD]T.*this time leaves the uptime/).waitFor();
  await tabTo(page, page.getByRole('button', { name: '2 h' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Identity · Directory'));
  await page.keyboard.press('Space');
  await tabTo(page, page.getByLabel('directory-health · http'));
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await page.locator('.as-public').waitFor();
  assert.match(await page.locator('.as-public').innerHTML(), /<strong>Directory<\/strong>/);
  assert.deepEqual(await accessibilityViolations(page), []);
  await tabTo(page, page.getByRole('button', { name: 'Announce it' }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /Database upgrade/ }).waitFor();

  const id = idOf(page);
  const window = await call('GET', `/maintenances/${id}`);
  assert.equal(window.status, 'scheduled');
  assert.equal(window.uptime, 'left_out');
  assert.equal(new Date(window.end) - new Date(window.start), 2 * 3_600_000);
  assert.equal(new Date(window.start).getUTCMinutes(), 0);
  assert.deepEqual(window.components, [{ id: 'directory', name: 'Directory' }]);
  assert.deepEqual(window.expects, ['directory-health']);
  await publicly(id, 'Database upgrade');
  assert.deepEqual(trouble, []);
  await close();
});

test('what is missing is said, and nothing is lost by it', async () => {
  const { page, trouble, close } = await open('#/maintenance/plan');
  await page.locator('#plan-name').fill('Half a plan');
  await page.locator('#plan-name').press('Enter');
  assert.match(await page.getByRole('alert').innerText(), /at least one component/);
  await page.getByLabel('Calling · Calls').check();
  await page.locator('#plan-name').press('Enter');
  assert.match(await page.getByRole('alert').innerText(), /what people will notice/);
  await page.locator('#plan-text').fill('A new cable.');
  await page.getByLabel('Done by').fill('2001-01-01T10:00');
  await page.getByText('It ends before it begins.').waitFor();
  await page.locator('#plan-text').press('Control+Enter');
  await page.locator('.as-public').waitFor();
  // A refusal of the server is the one trouble that is meant.
  await page.locator('#plan-text').press('Control+Enter');
  await page.getByRole('alert').waitFor();
  assert.equal(await page.locator('#plan-text').inputValue(), 'A new cable.');
  await page.getByLabel('It begins at once').check();
  await page.getByRole('button', { name: '30 min' }).click();
  await page.locator('#plan-text').press('Control+Enter');
  await page.getByText('In progress', { exact: true }).waitFor();
  assert.equal((await call('GET', `/maintenances/${idOf(page)}`)).status, 'in_progress');
  assert.ok(trouble.every((t) => t.includes('422')), trouble.join('\n'));
  await close();
});

test('a window that is on is told of, lengthened and finished', async () => {
  const id = await plan('Moving disks');
  const { page, trouble, close } = await open(`#/maintenance/${id}`);
  await page.getByText('until it should be done').waitFor();
  await page.keyboard.press('e');
  await page.keyboard.type('Half of the disks have moved.');
  await page.keyboard.press('Control+Enter');
  await page.locator('.as-public').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('.timeline').getByText('Half of the disks have moved.').waitFor();
  await publicly(id, 'Half of the disks have moved.');

  const before = await call('GET', `/maintenances/${id}`);
  await page.getByRole('button', { name: 'Take more time…' }).click();
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.getByRole('button', { name: '30 min later' }).click();
  await page.getByRole('button', { name: 'Change publicly' }).click();
  await page.getByText('Moved. The public page shows the new time.').waitFor();
  const after = await call('GET', `/maintenances/${id}`);
  const longer = new Date(after.end) - new Date(before.end);
  assert.ok(longer > 29 * 60_000 && longer <= 30 * 60_000, `${longer} ms longer`);
  assert.equal(after.start, before.start);
  await publicly(id, 'The work takes longer than planned.');

  await page.getByRole('button', { name: 'Finish now…' }).click();
  await page.getByLabel(/Some words for everybody/).fill('All disks have moved.');
  await page.getByRole('button', { name: 'Finish it' }).click();
  await page.locator('.strip').getByText('Over', { exact: true }).waitFor();
  assert.equal(await page.locator('#tell').count(), 0);
  await publicly(id, 'All disks have moved.');
  assert.deepEqual(trouble, []);
  await close();
});

test('a window to come is moved, then called off, and the list follows by itself', async () => {
  const list = await open('#/maintenance');
  const id = await plan('Repainting the racks',
    { start: inFuture(3 * DAY_MS), end: inFuture(3 * DAY_MS + 3_600_000) });
  const card = list.page.getByRole('listitem').filter({ hasText: 'Repainting the racks' });
  await card.getByText('Planned', { exact: true }).waitFor();

  const { page, trouble, close } = await open(`#/maintenance/${id}`);
  await page.getByRole('button', { name: 'Move…' }).click();
  const field = page.getByLabel('Begins');
  const earlier = (await field.inputValue()).replace(/:\d\d$/, ':00');
  await field.fill(earlier);
  await page.getByLabel(/Why, for everybody/).fill('The painter comes earlier.');
  await page.getByRole('button', { name: 'Change publicly' }).click();
  await page.getByText('Moved. The public page shows the new time.').waitFor();
  assert.equal(new Date((await call('GET', `/maintenances/${id}`)).start).getMinutes(), 0);
  await publicly(id, 'The painter comes earlier.');
  await page.getByRole('button', { name: 'Call off…' }).click();
  await page.getByRole('button', { name: 'Call it off' }).click();
  await card.getByText('Called off', { exact: true }).waitFor();
  assert.deepEqual(trouble, []);
  await close();
  await list.close();
});

test('an end that finds checks failing says so and leads to the incident', async () => {
  const id = await plan('Swapping cables', { components: ['calls'], expects: ['calls-active'] });
  await deployment.break('down', 'calls');
  await until('the check fails', 20_000,
    async () => (await call('GET', '/checks/calls-active')).verdict === 'fail');
  const { page, trouble, close } = await open('#/now');
  await page.locator('section', { hasText: 'Maintenance' })
    .getByRole('link', { name: 'Swapping cables' }).click();
  await page.getByRole('button', { name: 'Finish now…' }).click();
  await page.getByRole('button', { name: 'Finish it' }).click();
  await page.getByRole('heading', { level: 1, name: /Ended in trouble/ }).waitFor();
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.getByRole('link', { name: 'Calls is down' }).click();
  await page.locator('#explain').waitFor();
  await page.locator('.timeline').getByText(`Maintenance \`${id}\` began`).waitFor();
  await page.locator('.timeline').getByText(`Finished maintenance \`${id}\``).waitFor();
  await deployment.heal();
  assert.deepEqual(trouble, []);
  await close();
});

test('who may only read sees windows and no button', async () => {
  const password = 'a quiet night in june';
  await call('POST', '/users',
    { name: 'Vera Bell', mail: 'vera@acme.example', role: 'viewer', password });
  const id = await plan('Cleaning');
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${deployment.console}/console/#/maintenance/${id}`);
  await page.locator('#mail').fill('vera@acme.example');
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /Cleaning/ }).waitFor();
  assert.equal(await page.locator('main section button').count(), 0);
  assert.equal(await page.locator('#tell').count(), 0);
  await page.keyboard.press('m');
  await page.getByRole('heading', { name: 'On now' }).waitFor();
  assert.equal(await page.getByText('Plan a maintenance').count(), 0);
  await context.close();
});

test('one component of many is found by its name', async () => {
  const { page, close } = await open('#/maintenance/plan');
  assert.equal(await page.getByPlaceholder('Find').count(), 0, 'not among four');
  const { components, ...rest } = await call('GET', '/state');
  const many = Array.from({ length: 40 }, (_, i) => ({ ...components[0], id: `c-${i}`,
    name: `Machine ${i}`, group: '' }));
  await page.route('**/api/v1/state', (route) => route.fulfill({
    json: { ...rest, components: [...components, ...many] } }));
  await page.reload();
  await page.getByLabel('Machine 39').waitFor();
  await page.getByLabel('Calling · Calls').check();
  await page.getByPlaceholder('Find').fill('machine 31');
  assert.equal(await page.getByRole('checkbox', { name: /Machine/ }).count(), 1);
  assert.ok(await page.getByLabel('Calling · Calls').isChecked(), 'what is chosen stays');
  assert.deepEqual(await accessibilityViolations(page), []);
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await close();
});

test('the readings have the shape that the description of the API gives them', async () => {
  const id = await plan('Described');
  const described = await (await fetch(`${deployment.console}/api/v1/openapi.json`)).json();
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  ajv.addSchema(described, 'api');
  for (const [path, shape] of [['/maintenances', 'MaintenancePage'],
    ['/maintenances?state=closed', 'MaintenancePage'],
    [`/maintenances/${id}`, 'MaintenanceWindow']]) {
    const validate = ajv.getSchema(`api#/components/schemas/${shape}`);
    const answer = await call('GET', path);
    assert.ok(validate(answer), `${path}: ${ajv.errorsText(validate.errors)}`);
    delete (answer.items?.[0] ?? answer).status;
    assert.equal(validate(answer), false, `${path}: the shape would notice`);
  }
});

test('each screen is fit for all', async () => {
  const id = await plan('A look at everything');
  for (const hash of ['#/maintenance', '#/maintenance/plan', `#/maintenance/${id}`]) {
    await assertFitForAll(browser, { origin: deployment.console, token, hash });
  }
});
