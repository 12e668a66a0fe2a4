/** The SHA-256 digest of a text in UTF-8, as 64 hexadecimal digits. For checksums that tell versions apart; never for security. */
export function sha256(text: string): string {
  const words = paddedWords(encoder.encode(text));
  const state = Int32Array.from(INITIAL);
  const schedule = new Int32Array(64);
  for (let at = 0; at < words.length; at += 16) mixBlock(state, schedule, words, at);
  return [...state].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const encoder = new TextEncoder();
const PRIMES = firstPrimes(64);
const ROUND_CONSTANTS = Int32Array.from(PRIMES, prime => fractionalBits(Math.cbrt(prime)));
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), prime => fractionalBits(Math.sqrt(prime)));

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
function mixBlock(state: Int32Array, schedule: Int32Array, words: Int32Array, start: number): void {
  expand(schedule, words, start);
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
  add(state, 0, a);
  add(state, 1, b);
  add(state, 2, c);
  add(state, 3, d);
  add(state, 4, e);
  add(state, 5, f);
  add(state, 6, g);
  add(state, 7, h);
}

function add(state: Int32Array, at: number, word: number): void {
  state[at] = ((state[at] ?? 0) + word) | 0;
}

/** The sixteen words of a block, and the forty-eight that are made of them. */
function expand(schedule: Int32Array, words: Int32Array, start: number): void {
  for (let step = 0; step < 16; step++) schedule[step] = words[start + step] ?? 0;
  for (let step = 16; step < 64; step++) {
    const early = schedule[step - 15] ?? 0;
    const late = schedule[step - 2] ?? 0;
    const small = ((early >>> 7) | (early << 25)) ^ ((early >>> 18) | (early << 14)) ^ (early >>> 3);
    const large = ((late >>> 17) | (late << 15)) ^ ((late >>> 19) | (late << 13)) ^ (late >>> 10);
    schedule[step] = ((schedule[step - 16] ?? 0) + small + (schedule[step - 7] ?? 0) + large) | 0;
  }
}

/** The bytes with a one bit, zeros, and the length in bits, as big-endian words in blocks of sixteen. */
function paddedWords(bytes: Uint8Array): Int32Array {
  const nBlocks = Math.floor((bytes.length + 8) / 64) + 1;
  const words = new Int32Array(nBlocks * 16);
  for (let at = 0; at < bytes.length; at++) {
    words[at >> 2] = (words[at >> 2] ?? 0) | ((bytes[at] ?? 0) << (24 - (at & 3) * 8));
  }
  words[bytes.length >> 2] = (words[bytes.length >> 2] ?? 0) | (0x80 << (24 - (bytes.length & 3) * 8));
  words[words.length - 2] = Math.floor(bytes.length / 2 ** 29);
  words[words.length - 1] = bytes.length << 3;
  return words;
}
