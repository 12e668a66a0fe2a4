import { digestBytes } from './digest-bytes.ts';

/** The SHA-256 digest of a text in UTF-8, as 64 hexadecimal digits. For checksums that tell versions apart; never for security. */
export function sha256(text: string): string {
  const { bytes, nBytes } = digestBytes(text, 'big-endian');
  state.set(INITIAL);
  for (let at = 0; at < nBytes; at += 64) mixBlock(bytes, at);
  return [...state].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const PRIMES = firstPrimes(64);
const ROUND_CONSTANTS = Int32Array.from(PRIMES, prime => fractionalBits(Math.cbrt(prime)));
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), prime => fractionalBits(Math.sqrt(prime)));

/** What is worked with, the same for every digest. */
const state = new Int32Array(8);
const schedule = new Int32Array(64);

/** The first 32 bits behind the point. */
function fractionalBits(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function firstPrimes(count: number): readonly number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every(prime => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}

/** One block into the state. The rotations are spelled out: this is the inner loop of writing a manifest. */
function mixBlock(bytes: Uint8Array, start: number): void {
  expand(bytes, start);
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  let e = state[4] ?? 0;
  let f = state[5] ?? 0;
  let g = state[6] ?? 0;
  let h = state[7] ?? 0;
  for (let step = 0; step < 64; step++) {
    const high = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const choice = (e & f) ^ (~e & g);
    const first = (h + high + choice + (ROUND_CONSTANTS[step] ?? 0) + (schedule[step] ?? 0)) | 0;
    const low = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + low + majority) | 0;
  }
  add(0, a);
  add(1, b);
  add(2, c);
  add(3, d);
  add(4, e);
  add(5, f);
  add(6, g);
  add(7, h);
}

function add(at: number, word: number): void {
  state[at] = ((state[at] ?? 0) + word) | 0;
}

/** The sixteen words of a block, and the forty-eight that are made of them. */
function expand(bytes: Uint8Array, start: number): void {
  for (let step = 0; step < 16; step++) schedule[step] = wordAt(bytes, start + step * 4);
  for (let step = 16; step < 64; step++) {
    const early = schedule[step - 15] ?? 0;
    const late = schedule[step - 2] ?? 0;
    const small = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const large = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    schedule[step] = ((schedule[step - 16] ?? 0) + small + (schedule[step - 7] ?? 0) + large) | 0;
  }
}

/** Four bytes as a word, the highest first. */
function wordAt(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16);
  return high | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}
