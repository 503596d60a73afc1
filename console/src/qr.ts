// A QR code (ISO/IEC 18004) of a short text: byte mode, error correction L, versions 1 to 10.
//
// Not a general encoder: what does not fit into 271 bytes has none, and whoever asks shows the text.

export type Modules = boolean[][]; // true: dark; without the quiet zone

// By version: all codewords, those of error correction in each block, blocks.
const sizes: [number, number, number][] = [
  [26, 7, 1],
  [44, 10, 1],
  [70, 15, 1],
  [100, 20, 1],
  [134, 26, 1],
  [172, 18, 2],
  [196, 20, 2],
  [242, 24, 2],
  [292, 30, 2],
  [346, 18, 4],
];
// Where the last alignment pattern of a version stands; the others at 6 and, from 7 on, half-way.
const lastAlignment = [0, 18, 22, 26, 30, 34, 38, 42, 46, 50];

const dataCodewords = (version: number): number => {
  const [all, correction, blocks] = sizes[version - 1]!;
  return all - correction * blocks;
};
const countBits = (version: number): number => (version < 10 ? 8 : 16);

function versionFor(bytes: number): number | null {
  for (let version = 1; version <= sizes.length; version += 1) {
    if (4 + countBits(version) + 8 * bytes <= 8 * dataCodewords(version)) return version;
  }
  return null;
}

// --- codewords -----------------------------------------------------------------------------------

function dataOf(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  put(4, 4); // byte mode
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  const room = 8 * dataCodewords(version);
  put(0, Math.min(4, room - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) put(pad, 8);
  const out: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    out.push(bits.slice(i, i + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  }
  return out;
}

// In GF(256) modulo x^8 + x^4 + x^3 + x^2 + 1.
function times(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> i) & 1) * a;
  }
  return product;
}

// (x - 1)(x - 2)(x - 4)…, without its leading 1.
function generator(degree: number): number[] {
  const out = new Array<number>(degree).fill(0);
  out[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i += 1) {
    for (let j = 0; j < degree; j += 1) {
      out[j] = times(out[j]!, root) ^ (out[j + 1] ?? 0);
    }
    root = times(root, 2);
  }
  return out;
}

function correctionOf(block: number[], divisor: number[]): number[] {
  const rest = new Array<number>(divisor.length).fill(0);
  for (const byte of block) {
    const factor = byte ^ rest.shift()!;
    rest.push(0);
    divisor.forEach((c, i) => (rest[i]! ^= times(c, factor)));
  }
  return rest;
}

// Blocks, shorter ones first, and woven: the first byte of each, the second of each, …
function codewords(bytes: Uint8Array, version: number): number[] {
  const [, correction, count] = sizes[version - 1]!;
  const data = dataOf(bytes, version);
  const short = Math.floor(data.length / count);
  const longer = data.length % count;
  const divisor = generator(correction);
  const blocks: number[][] = [];
  for (let i = 0, at = 0; i < count; i += 1) {
    const length = short + (i >= count - longer ? 1 : 0);
    blocks.push(data.slice(at, at + length));
    at += length;
  }
  const out: number[] = [];
  for (let i = 0; i <= short; i += 1) {
    for (const block of blocks) if (i < block.length) out.push(block[i]!);
  }
  const corrections = blocks.map((block) => correctionOf(block, divisor));
  for (let i = 0; i < correction; i += 1) for (const c of corrections) out.push(c[i]!);
  return out;
}

// --- the square ----------------------------------------------------------------------------------

// `fixed` marks what is no data: patterns, format and version.
interface Square {
  dark: Modules;
  fixed: Modules;
}

const blank = (size: number): Modules =>
  Array.from({ length: size }, () => new Array<boolean>(size).fill(false));

function set(square: Square, x: number, y: number, dark: boolean): void {
  const size = square.dark.length;
  if (x < 0 || y < 0 || x >= size || y >= size) return;
  square.dark[y]![x] = dark;
  square.fixed[y]![x] = true;
}

// Rings around a centre: `light` is how far from it the light ones are.
function rings(square: Square, cx: number, cy: number, reach: number, light: number[]): void {
  for (let dy = -reach; dy <= reach; dy += 1) {
    for (let dx = -reach; dx <= reach; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      set(square, cx + dx, cy + dy, !light.includes(ring));
    }
  }
}

function alignmentsOf(version: number): number[] {
  const last = lastAlignment[version - 1]!;
  if (last === 0) return [];
  return version < 7 ? [6, last] : [6, (6 + last) / 2, last];
}

// The remainder in GF(2) of `value` shifted by the degree of `divisor`.
function remainder(value: number, divisor: number, degree: number): number {
  let rest = value << degree;
  for (let i = 31 - Math.clz32(rest); i >= degree; i -= 1) {
    if ((rest >> i) & 1) rest ^= divisor << (i - degree);
  }
  return rest;
}

function putFormat(square: Square, mask: number): void {
  const data = (1 << 3) | mask; // 01: correction L
  const bits = ((data << 10) | remainder(data, 0x537, 10)) ^ 0x5412;
  const size = square.dark.length;
  for (let i = 0; i < 15; i += 1) {
    const dark = ((bits >> i) & 1) === 1;
    if (i < 6) set(square, 8, i, dark);
    else if (i < 8) set(square, 8, i + 1, dark);
    else if (i === 8) set(square, 7, 8, dark);
    else set(square, 14 - i, 8, dark);
    if (i < 8) set(square, size - 1 - i, 8, dark);
    else set(square, 8, size - 15 + i, dark);
  }
  set(square, 8, size - 8, true);
}

function putVersion(square: Square, version: number): void {
  if (version < 7) return;
  const bits = (version << 12) | remainder(version, 0x1f25, 12);
  const start = square.dark.length - 11;
  for (let i = 0; i < 18; i += 1) {
    const dark = ((bits >> i) & 1) === 1;
    set(square, start + (i % 3), Math.floor(i / 3), dark);
    set(square, Math.floor(i / 3), start + (i % 3), dark);
  }
}

function patterns(version: number): Square {
  const size = 17 + 4 * version;
  const square = { dark: blank(size), fixed: blank(size) };
  for (let i = 0; i < size; i += 1) {
    set(square, 6, i, i % 2 === 0);
    set(square, i, 6, i % 2 === 0);
  }
  const corners: [number, number][] = [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ];
  for (const [x, y] of corners) rings(square, x, y, 4, [2, 4]);
  const places = alignmentsOf(version);
  for (const x of places) {
    for (const y of places) {
      const inCorner = corners.some(([cx, cy]) => Math.abs(cx - x) < 5 && Math.abs(cy - y) < 5);
      if (!inCorner) rings(square, x, y, 2, [1]);
    }
  }
  putFormat(square, 0);
  putVersion(square, version);
  return square;
}

// Upwards and downwards in columns of two, from the right, around what is fixed.
function putData(square: Square, bytes: number[]): void {
  const size = square.dark.length;
  let bit = 0;
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let i = 0; i < size; i += 1) {
      const y = upwards ? size - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (square.fixed[y]![x]) continue;
        square.dark[y]![x] = (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
        bit += 1;
      }
    }
    upwards = !upwards;
  }
}

// --- masks ---------------------------------------------------------------------------------------

const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function masked(square: Square, mask: number): Modules {
  const dark = square.dark.map((row, y) =>
    row.map((cell, x) => cell !== (!square.fixed[y]![x] && masks[mask]!(x, y))),
  );
  putFormat({ dark, fixed: square.fixed }, mask);
  return dark;
}

const finderLike = /(?=10111010000|00001011101)/g;

function penaltyOfLines(lines: boolean[][]): number {
  let sum = 0;
  for (const line of lines) {
    const text = line.map((cell) => (cell ? "1" : "0")).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    sum += 40 * [...text.matchAll(finderLike)].length;
  }
  return sum;
}

function penalty(dark: Modules): number {
  const columns = dark.map((_, x) => dark.map((row) => row[x]!));
  let sum = penaltyOfLines(dark) + penaltyOfLines(columns);
  let count = 0;
  dark.forEach((row, y) =>
    row.forEach((cell, x) => {
      count += cell ? 1 : 0;
      const next = dark[y + 1];
      if (next && x + 1 < row.length && [row[x + 1], next[x], next[x + 1]].every((c) => c === cell)) {
        sum += 3;
      }
    }),
  );
  const share = (100 * count) / dark.length ** 2;
  return sum + 10 * Math.floor(Math.abs(share - 50) / 5);
}

export function qrOf(text: string): Modules | null {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  if (version === null) return null;
  const square = patterns(version);
  putData(square, codewords(bytes, version));
  const candidates = masks.map((_, mask) => masked(square, mask));
  const costs = candidates.map(penalty);
  return candidates[costs.indexOf(Math.min(...costs))]!;
}
