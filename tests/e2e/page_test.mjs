// The public page in a real browser: it flips by itself, reads well everywhere, and axe is content.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessibilityViolations, launch, watchTrouble } from './browser.mjs';
import { Deployment, until } from './deployment.mjs';

let deployment;
let browser;

before(async () => {
  deployment = await Deployment.start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await deployment?.stop();
});

const headline = (page) => page.locator('#banner h1').innerText();

async function openPage(path = '/', options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const trouble = watchTrouble(page, deployment.page);
  await page.goto(deployment.page + path);
  return { page, trouble, close: () => context.close() };
}

async function firstIncidentPath() {
  const { incidents } = await deployment.json('/api/v2/incidents.json');
  return new URL(incidents[0].shortlink).pathname;
}

test('the page turns red and green again without a reload', async () => {
  const { page, trouble, close } = await openPage();
  const calm = await headline(page);
  await page.evaluate(() => { globalThis.sameDocument = true; });
  await deployment.break('down', 'directory');
  await until('the banner names Directory', 20_000,
    async () => /Directory/.test(await headline(page)));
  const words = await page.locator('#main').innerText();
  assert.match(words, /Directory/);
  assert.ok(await page.locator('article, section').filter({ hasText: /Investigating/i }).count(),
    'an incident is posted beside the banner');
  await deployment.heal();
  await until('the banner is calm again', 40_000, async () => (await headline(page)) === calm);
  assert.equal(await page.evaluate(() => globalThis.sameDocument), true, 'never reloaded');
  assert.deepEqual(trouble, []);
  await close();
});

test('everything is there without script', async () => {
  await deployment.break('down', 'calls');
  await deployment.becomes('Calls', 'major_outage');
  const { page, close } = await openPage('/', { javaScriptEnabled: false });
  assert.match(await headline(page), /Calls/);
  for (const name of ['Directory', 'Sign-in', 'Calls', 'Voicemail']) {
    assert.ok(await page.getByText(name, { exact: true }).first().isVisible(), name);
  }
  assert.match(await page.locator('#main').innerText(), /Investigating/i);
  await page.goto(deployment.page + await firstIncidentPath());
  assert.match(await page.locator('#main').innerText(), /Calls/);
  await deployment.heal();
  await deployment.becomes('Calls', 'operational', 40_000);
  await close();
});

test('a span of times names each day once, in the zone of the reader', async () => {
  const token = (await readFile(join(deployment.folder, 'data', 'operator.token'), 'utf8')).trim();
  const year = new Date().getUTCFullYear() + 1;
  const answer = await fetch(`${deployment.console}/api/v1/maintenances`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    // One evening in Toronto, two days in UTC.
    body: JSON.stringify({ name: 'New disks', text: 'We swap them.', components: ['calls'],
      start: `${year}-02-02T23:30:00Z`, end: `${year}-02-03T01:00:00Z` }),
  });
  const { id } = await answer.json();
  const path = `/maintenance/${id}`;
  await until('it has a page', 10_000, async () => (await fetch(deployment.page + path)).ok);
  const line = async (options) => {
    const { page, close } = await openPage(path, options);
    const text = await page.locator('.summary').innerText();
    await close();
    return text;
  };
  assert.match(await line({ timezoneId: 'America/Toronto' }),
    new RegExp(`2 February ${year}, 18:30 \\S+ – 20:00 \\S+$`));
  const utc = new RegExp(`2 February ${year}, 23:30 UTC – 3 February ${year}, 01:00 UTC$`);
  assert.match(await line({ timezoneId: 'UTC' }), utc);
  assert.match(await line({ javaScriptEnabled: false }), utc);
});

test('dark and light follow the reader', async () => {
  const brightness = async (colorScheme) => {
    const { page, close } = await openPage('/', { colorScheme });
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await close();
    const [red, green, blue] = colour.match(/\d+/g).map(Number);
    return red + green + blue;
  };
  assert.ok(await brightness('light') > 600, 'a light page');
  assert.ok(await brightness('dark') < 200, 'a dark page');
});

test('nothing scrolls sideways at 320 px', async () => {
  for (const path of ['/', await firstIncidentPath(), '/history', '/components/directory']) {
    const { page, close } = await openPage(path, { viewport: { width: 320, height: 640 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${path} is ${wide} px wide`);
    await close();
  }
});

test('axe finds nothing on any page, light or dark, calm or red', async () => {
  await deployment.break('errors', 'signin');
  await deployment.becomes('Sign-in', 'partial_outage');
  const paths = ['/', await firstIncidentPath(), '/history', '/components/directory'];
  for (const colorScheme of ['light', 'dark']) {
    for (const path of paths) {
      const { page, trouble, close } = await openPage(path, { colorScheme });
      assert.deepEqual(await accessibilityViolations(page), [], `${path} ${colorScheme}`);
      assert.deepEqual(trouble, [], `${path} ${colorScheme}`);
      await close();
    }
  }
  await deployment.heal();
});

test('axe does find trouble where there is some', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.setContent('<html><body><img src="data:,"><div style="color:#ccc">pale</div></body>');
  const found = await accessibilityViolations(page);
  assert.ok(found.some((line) => line.startsWith('image-alt')), found.join('\n'));
  await context.close();
});

test('the page stays small and asks nobody else', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const trouble = watchTrouble(page, deployment.page);
  let bytes = 0;
  page.on('response', async (response) => {
    bytes += Number((await response.allHeaders())['content-length'] ?? 0);
  });
  await page.goto(deployment.page + '/');
  await page.waitForLoadState('load');
  assert.ok(bytes <= 50 * 1024, `${bytes} bytes on the wire`);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(trouble, []);
  await context.close();
});
