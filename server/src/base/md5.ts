/** The MD5 digest of a text in UTF-8, as 32 hexadecimal digits. For names that dbt builds from it; never for security. */
export function md5(text: string): string {
  const words = paddedWords(text);
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let at = 0; at < words.length; at += 16) mixBlock(state, words, at);
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

function mixBlock(state: Uint32Array, words: Uint32Array, start: number): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step++) {
    const shift = SHIFT[step] ?? 0;
    const sum = (a + mixed(step >> 4, b, c, d) + (CONSTANT[step] ?? 0) + (words[start + (WORD[step] ?? 0)] ?? 0)) | 0;
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

function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

/** The text's bytes with a one bit, zeros, and the length in bits, as little-endian words in blocks of sixteen. */
function paddedWords(text: string): Uint32Array {
  const bytes = utf8(text);
  const nBlocks = Math.floor((bytes.length + 8) / 64) + 1;
  const words = new Uint32Array(nBlocks * 16);
  for (let at = 0; at < bytes.length; at++) putByte(words, at, bytes[at] ?? 0);
  putByte(words, bytes.length, 0x80);
  words[words.length - 2] = (bytes.length << 3) >>> 0;
  words[words.length - 1] = Math.floor(bytes.length / 2 ** 29);
  return words;
}

function putByte(words: Uint32Array, at: number, byte: number): void {
  words[at >> 2] = (words[at >> 2] ?? 0) | (byte << ((at & 3) * 8));
}

const encoder = new TextEncoder();

const utf8 = (text: string): Uint8Array => encoder.encode(text);
