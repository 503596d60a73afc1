// A screen of the console in a browser of its own, opened with a token already in the tab, and what
// is asked of every screen.

import assert from 'node:assert/strict';
import { accessibilityViolations, watchTrouble } from './browser.mjs';

export async function openConsole(browser, { origin, token, hash, options = {} }) {
  const context = await browser.newContext(options);
  await context.addInitScript((t) => sessionStorage.setItem('candor-token', t), token);
  const page = await context.newPage();
  const trouble = watchTrouble(page, origin);
  await page.goto(`${origin}/console/${hash}`);
  await page.locator('main').waitFor();
  await page.locator('.loading').waitFor({ state: 'detached' });
  return { page, trouble, close: () => context.close() };
}

// axe is content in light and dark, and nothing scrolls sideways at 320 px.
export async function assertFitForAll(browser, where, settled = () => {}) {
  for (const colorScheme of ['light', 'dark']) {
    const { page, close } = await openConsole(browser, { ...where, options: { colorScheme } });
    await settled(page);
    assert.deepEqual(await accessibilityViolations(page), [], `${where.hash} in ${colorScheme}`);
    await close();
  }
  const narrow = { viewport: { width: 320, height: 640 } };
  const { page, close } = await openConsole(browser, { ...where, options: narrow });
  await settled(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 320, `${where.hash} is ${wide} px wide`);
  await close();
}
