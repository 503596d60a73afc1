// Pages whose marks take hours of real time to come about, from the golden journals: overdue,
// explanations owed, drills, maintenance in all its phases. Each is fit for all.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { accessibilityViolations, launch } from './browser.mjs';

const golden = new URL('../golden/', import.meta.url);
const assets = new URL('../../src/page/assets/', import.meta.url);
let browser;
let server;
let origin;

// The pages under /clocks/… and /maintenance/…, and the page's style; without its script, which
// would rightly say that these are old.
async function serve(request, response) {
  const style = request.url.endsWith('.css');
  if (!style && !request.url.endsWith('.html')) {
    response.writeHead(404).end();
    return;
  }
  const bytes = await readFile(style ? new URL('page.css', assets)
    : new URL(`.${request.url}`, golden));
  response.writeHead(200, { 'Content-Type': `text/${style ? 'css' : 'html'}; charset=utf-8` });
  response.end(bytes);
}

before(async () => {
  server = createServer((request, response) => { void serve(request, response); });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  origin = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function pagesOf(area) {
  const names = await readdir(new URL(`${area}/expected/`, golden));
  return names.filter((name) => /^(home|incident|maintenance-).*html$/.test(name))
    .map((name) => `/${area}/expected/${name}`);
}

async function textOf(path) {
  const page = await browser.newPage();
  await page.goto(origin + path);
  const text = await page.locator('main').innerText();
  await page.close();
  return text;
}

test('the golden pages hold every mark', async () => {
  const home = await textOf('/clocks/expected/home.html');
  for (const words of ['An explanation is overdue', 'Explanations we still owe', 'Drill: Fire',
    'A person has been working on it', 'Start set by hand']) {
    assert.ok(home.includes(words), words);
  }
  const phases = await Promise.all((await pagesOf('maintenance'))
    .filter((path) => path.includes('/maintenance-')).map(textOf));
  for (const words of ['Planned', 'In progress', 'Over', 'Called off']) {
    assert.ok(phases.some((text) => text.includes(`${words} ·`)), words);
  }
});

for (const area of ['clocks', 'maintenance']) {
  test(`${area}: axe finds nothing in light or dark, nothing scrolls at 320 px`, async () => {
    for (const [width, colorScheme] of [[900, 'dark'], [320, 'light']]) {
      const context = await browser.newContext({ viewport: { width, height: 640 }, colorScheme });
      const page = await context.newPage();
      for (const path of await pagesOf(area)) {
        await page.goto(origin + path);
        assert.deepEqual(await accessibilityViolations(page), [], `${path} in ${colorScheme}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${path} is ${wide} px wide`);
      }
      await context.close();
    }
  });
}
