/** The MD5 digest of a text in UTF-8, as 32 hexadecimal digits. For names that dbt builds from it; never for security. */
export function md5(text: string): string {
  const words = paddedWords(utf8(text));
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  for (let at = 0; at < words.length; at += 16) mixBlock(state, words.subarray(at, at + 16));
  const bytes = new Uint8Array(state.buffer);
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

const SHIFTS = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
] as const;

const SINES = Uint32Array.from({ length: 64 }, (_, at) => Math.floor(Math.abs(Math.sin(at + 1)) * 2 ** 32));

function mixBlock(state: Uint32Array, words: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  for (let step = 0; step < 64; step++) {
    const round = step >> 4;
    const shift = SHIFTS[round]?.[step & 3] ?? 0;
    const sum = (a + mixed(round, b, c, d) + (SINES[step] ?? 0) + (words[wordIndex(round, step)] ?? 0)) >>> 0;
    const next = (b + ((sum << shift) | (sum >>> (32 - shift)))) >>> 0;
    a = d;
    d = c;
    c = b;
    b = next;
  }
  state.set([(state[0] ?? 0) + a, (state[1] ?? 0) + b, (state[2] ?? 0) + c, (state[3] ?? 0) + d]);
}

function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d);
  if (round === 1) return (d & b) | (~d & c);
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d);
}

function wordIndex(round: number, step: number): number {
  if (round === 0) return step;
  if (round === 1) return (5 * step + 1) % 16;
  return round === 2 ? (3 * step + 5) % 16 : (7 * step) % 16;
}

/** The bytes with a one bit, zeros, and the length in bits, as little-endian words in blocks of sixteen. */
function paddedWords(bytes: Uint8Array): Uint32Array {
  const nBlocks = Math.floor((bytes.length + 8) / 64) + 1;
  const padded = new Uint8Array(nBlocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, (bytes.length << 3) >>> 0, true);
  view.setUint32(padded.length - 4, Math.floor(bytes.length / 2 ** 29), true);
  return Uint32Array.from({ length: nBlocks * 16 }, (_, at) => view.getUint32(at * 4, true));
}

function utf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}
