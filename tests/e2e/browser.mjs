// Debian's Chromium, driven by playwright-core; a fresh profile for each test file.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const EXECUTABLES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync'];

export function launch() {
  const executablePath = process.env.CHROMIUM ?? EXECUTABLES.find((path) => existsSync(path));
  if (!executablePath) throw new Error('no Chromium; install it, or name it in CHROMIUM');
  return chromium.launch({ executablePath, args: FLAGS });
}

// Runs axe in the page and returns its violations as readable lines. Evaluated, not injected as a
// script element, so the page's content security policy stays in force.
export async function accessibilityViolations(page) {
  const require = createRequire(import.meta.url);
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
}

// Errors of the page itself and every request that left the origin.
export function watchTrouble(page, origin) {
  const trouble = [];
  page.on('pageerror', (error) => trouble.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith('data:')) trouble.push(`third party: ${url}`);
  });
  return trouble;
}

// Holds back the answers to the readings of one address from now on: `asked` resolves when the
// server has given the first, `letGo` hands it to the page and lets the page act on it.
export async function holdBack(page, address) {
  let open;
  const opened = new Promise((resolve) => { open = resolve; });
  let handed;
  const done = new Promise((resolve) => { handed = resolve; });
  const asked = new Promise((resolve) => {
    page.route(address, async (route) => {
      const response = await route.fetch();
      resolve();
      await opened;
      await route.fulfill({ response });
      await (await route.request().response()).finished();
      handed();
    });
  });
  return {
    asked,
    letGo: async () => {
      open();
      await done;
      await page.evaluate(() => new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      }));
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    },
  };
}
