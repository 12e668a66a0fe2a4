/** The SHA-256 digest of a text in UTF-8, as 64 hexadecimal digits. For checksums that tell versions apart; never for security. */
export function sha256(text: string): string {
  const words = paddedWords(new TextEncoder().encode(text));
  const state = Int32Array.from(INITIAL);
  const schedule = new Int32Array(64);
  for (let at = 0; at < words.length; at += 16) mixBlock(state, schedule, words, at);
  return [...state].map(word => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

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

const rotated = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

function mixBlock(state: Int32Array, schedule: Int32Array, words: Int32Array, start: number): void {
  for (let step = 0; step < 64; step++) {
    schedule[step] = step < 16 ? (words[start + step] ?? 0) : expandedWord(schedule, step);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let step = 0; step < 64; step++) {
    const high = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + high + choice + (ROUND_CONSTANTS[step] ?? 0) + (schedule[step] ?? 0)) | 0;
    const low = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
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
  for (const [at, word] of [a, b, c, d, e, f, g, h].entries()) state[at] = ((state[at] ?? 0) + word) | 0;
}

function expandedWord(schedule: Int32Array, step: number): number {
  const early = schedule[step - 15] ?? 0;
  const late = schedule[step - 2] ?? 0;
  const small = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
  const large = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
  return ((schedule[step - 16] ?? 0) + small + (schedule[step - 7] ?? 0) + large) | 0;
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
