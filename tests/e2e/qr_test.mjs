// The console's QR codes, read by a decoder of another maker: every length that fits.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import jsQR from 'jsqr';

const LENGTH_MAX = 271;
const SCALE = 3;
const QUIET = 4;

async function encoder() {
  const require = createRequire(new URL('../../console/package.json', import.meta.url));
  const source = fileURLToPath(new URL('../../console/src/qr.ts', import.meta.url));
  const { outputFiles: [file] } = await require('esbuild').build(
    { entryPoints: [source], bundle: true, format: 'esm', write: false });
  return import(`data:text/javascript,${encodeURIComponent(file.text)}`);
}

function scan(modules) {
  const width = (modules.length + 2 * QUIET) * SCALE;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = modules[Math.floor(y / SCALE) - QUIET]?.[Math.floor(x / SCALE) - QUIET];
      if (dark) pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return (jsQR.default ?? jsQR)(pixels, width, width)?.data;
}

// Printable ASCII that differs from place to place and from length to length.
const textOf = (length) => Array.from({ length },
  (_, i) => String.fromCharCode(33 + ((i * 7 + length) % 90))).join('');

test('every text that fits is read as it was', async () => {
  const { qrOf } = await encoder();
  for (let length = 1; length <= LENGTH_MAX; length += 1) {
    assert.equal(scan(qrOf(textOf(length))), textOf(length), `${length} bytes`);
  }
});

test('what does not fit has no code, and a damaged one is read or refused, never misread',
  async () => {
    const { qrOf } = await encoder();
    assert.equal(qrOf(textOf(LENGTH_MAX + 1)), null);
    const modules = qrOf(textOf(90));
    for (let y = 10; y < 30; y += 1) modules[y].fill(false, 10, 30);
    assert.notEqual(scan(modules), textOf(90), 'the control: damage is seen');
  });
