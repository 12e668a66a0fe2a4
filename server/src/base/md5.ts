import { digestBytes } from './digest-bytes.ts';

/** The MD5 digest of a text in UTF-8, as 32 hexadecimal digits. For names that dbt builds from it; never for security. */
export function md5(text: string): string {
  const { bytes, nBytes } = digestBytes(text, 'little-endian');
  state.set(INITIAL);
  for (let at = 0; at < nBytes; at += 64) mixBlock(bytes, at);
  let digest = '';
  for (const word of state) {
    for (let shift = 0; shift < 32; shift += 8) digest += HEX[(word >>> shift) & 0xff] ?? '';
  }
  return digest;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

/** One for each of the 64 steps: its constant, how far it turns, and which word of the block it takes in. */
const CONSTANT = Int32Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32));
const SHIFT = Uint8Array.from({ length: 64 }, (_, at) => SHIFTS[(at >> 4) * 4 + (at & 3)] ?? 0);
const WORD = Uint8Array.from({ length: 64 }, (_, at) => [at, 5 * at + 1, 3 * at + 5, 7 * at][at >> 4] ?? 0).map(
  it => it & 15,
);

const INITIAL = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
/** What is worked with, the same for every digest. */
const state = new Uint32Array(4);
const words = new Uint32Array(16);

/** One block into the state. */
function mixBlock(bytes: Uint8Array, start: number): void {
  for (let at = 0; at < 16; at++) words[at] = wordAt(bytes, start + at * 4);
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  let c = state[2] ?? 0;
  let d = state[3] ?? 0;
  for (let step = 0; step < 64; step++) {
    const shift = SHIFT[step] ?? 0;
    const sum = (a + mixed(step >> 4, b, c, d) + (CONSTANT[step] ?? 0) + (words[WORD[step] ?? 0] ?? 0)) | 0;
    a = d;
    d = c;
    c = b;
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0;
  }
  state[0] = (state[0] ?? 0) + a;
  state[1] = (state[1] ?? 0) + b;
  state[2] = (state[2] ?? 0) + c;
  state[3] = (state[3] ?? 0) + d;
}

/** Four bytes as a word, the lowest first. */
function wordAt(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  return low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}
