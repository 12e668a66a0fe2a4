/** The bytes that a digest is made of: a whole number of blocks of 64. */
export interface DigestBytes {
  /** Valid until the next call; only the first `nBytes` count. */
  readonly bytes: Uint8Array;
  readonly nBytes: number;
}

/**
 * A text in UTF-8 with a one bit, zeros, and its length in bits behind it, as MD5 and SHA-256 want it. The bytes lie in
 * one buffer that all calls share, because projects have tens of thousands of short texts to digest.
 */
export function digestBytes(text: string, lengthOrder: 'little-endian' | 'big-endian'): DigestBytes {
  const longest = text.length * 3 + BLOCK + LENGTH;
  if (buffer.length < longest) buffer = new Uint8Array(longest * 2);
  const { written } = encoder.encodeInto(text, buffer);
  const nBytes = Math.ceil((written + 1 + LENGTH) / BLOCK) * BLOCK;
  buffer.fill(0, written, nBytes);
  buffer[written] = 0x80;
  for (let at = 0, bits = written * 8; bits > 0; at++, bits = Math.floor(bits / 256)) {
    buffer[lengthOrder === 'little-endian' ? nBytes - LENGTH + at : nBytes - 1 - at] = bits % 256;
  }
  return { bytes: buffer, nBytes };
}

const BLOCK = 64;
const LENGTH = 8;
const encoder = new TextEncoder();
let buffer = new Uint8Array(4096);
