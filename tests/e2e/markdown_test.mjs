// Posts cannot inject: every text of a large corpus is rendered as the public will see it, parsed
// again by a browser, and neither breaks out of its place nor brings anything that acts.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { Deployment } from './deployment.mjs';
import { payloads } from './markdown_payloads.mjs';

const AT_ONCE = 8;

let deployment;
let browser;
let page;

before(async () => {
  deployment = await Deployment.start();
  browser = await launch();
  page = await browser.newPage();
});

after(async () => {
  await browser?.close();
  await deployment?.stop();
});

async function rendered(texts) {
  const token = (await readFile(join(deployment.folder, 'data', 'operator.token'), 'utf8')).trim();
  const out = new Array(texts.length);
  let next = 0;
  const preview = (text) => fetch(`${deployment.console}/api/v1/preview`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ text }),
  });
  const worker = async () => {
    while (next < texts.length) {
      const i = next++;
      let response = await preview(texts[i]);
      while (response.status === 429) {  // more calls per second than it takes from one network
        await new Promise((resolve) => { setTimeout(resolve, 100); });
        response = await preview(texts[i]);
      }
      assert.equal(response.status, 200, JSON.stringify(texts[i]));
      out[i] = (await response.json()).html;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return out;
}

// Parses each piece inside a place of its own, also for real in this page, and returns what is
// wrong with it, as [number of the piece, words].
function wrongIn(pieces) {
  return page.evaluate(async (list) => {
    const elements = new Set(['P', 'BR', 'UL', 'OL', 'LI', 'STRONG', 'EM', 'CODE', 'A']);
    const attributes = { A: new Set(['href', 'rel']), OL: new Set(['start']) };
    const wrong = [];
    let running = 0;
    globalThis.hit = () => wrong.push([running, 'ran a script']);
    const judge = (element, i) => {
      const name = element.tagName;
      if (!elements.has(name)) wrong.push([i, `element ${name}`]);
      for (const { name: attribute } of element.attributes) {
        if (!attributes[name]?.has(attribute)) wrong.push([i, `attribute ${attribute}`]);
      }
      const href = element.getAttribute('href');
      if (href === null) return;
      if (!/^(https?:|mailto:)/i.test(href)) wrong.push([i, `link to ${href}`]);
      // ":" is an address that leads nowhere, for the browser cannot read it.
      const allowed = ['http:', 'https:', 'mailto:', ':'].includes(element.protocol);
      if (!allowed) wrong.push([i, `link by ${element.protocol}`]);
    };
    for (let i = 0; i < list.length; ++i) {
      const parsed = new DOMParser().parseFromString(
        `<div id="place">${list[i]}</div><p id="after"></p>`, 'text/html');
      const place = parsed.getElementById('place');
      if (parsed.body.children.length !== 2 || place.nextElementSibling?.id !== 'after') {
        wrong.push([i, 'breaks out of its place']);
      }
      if (parsed.head.children.length > 0) wrong.push([i, 'puts something into the head']);
      for (const element of place.querySelectorAll('*')) judge(element, i);
      running = i;
      const real = document.createElement('div');
      real.innerHTML = list[i];
      document.body.append(real);
      for (const link of real.querySelectorAll('a')) {
        link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
      }
      real.remove();
    }
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    return wrong;
  }, pieces);
}

test('no text of the corpus becomes more than text', async () => {
  const texts = payloads();
  assert.ok(texts.length >= 2000, `${texts.length} texts`);
  assert.equal(new Set(texts).size > 2000, true);
  const html = await rendered(texts);
  const wrong = await wrongIn(html);
  assert.deepEqual(wrong.slice(0, 5).map(([i, words]) => [texts[i], html[i], words]), []);
});

test('what Markdown offers still works', async () => {
  const [html] = await rendered(['**Down** since *noon*: see [the log](https://ok.example/log).']);
  assert.match(html, /<strong>Down<\/strong> since <em>noon<\/em>/);
  assert.match(html, /<a href="https:\/\/ok\.example\/log"[^>]*>the log<\/a>/);
});

// The control: the same judge, given the texts as if they were not rendered at all.
test('the judge finds what is wrong with raw texts', async () => {
  const found = new Set((await wrongIn(payloads())).map(([, words]) => words.split(' ').at(0)));
  for (const word of ['ran', 'element', 'attribute', 'link', 'breaks']) {
    assert.ok(found.has(word), `${word} is never found`);
  }
});
