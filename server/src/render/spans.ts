import { Spanned } from './value.ts';
import type { Piece, Value } from './value.ts';

/**
 * The result of a function of a text with origins: where it is that text, or that text without blanks around it, the
 * origins are kept.
 */
export function keepSpans(operand: Value, result: Value): Value {
  if (!(operand instanceof Spanned) || typeof result !== 'string' || result === '') return result;
  if (result === operand.text) return operand;
  if (result.length > operand.text.length || operand.text.trim() !== result.trim()) return result;
  const start = operand.text.indexOf(result);
  return start < 0 ? result : sliceSpans(operand, start, start + result.length);
}

/** A part of a text with its origins. */
export function sliceSpans(value: Spanned, start: number, end: number): Spanned {
  const pieces: Piece[] = [];
  let at = 0;
  for (const piece of value.pieces) {
    const from = Math.max(start, at);
    const to = Math.min(end, at + piece.length);
    if (from < to) pieces.push(slicePiece(piece, from - at, to - at));
    at += piece.length;
  }
  return new Spanned(value.text.slice(start, end), pieces);
}

/** Verbatim pieces shrink with their origin; a computed one stands for the whole of it however much is left. */
function slicePiece(piece: Piece, start: number, end: number): Piece {
  const { kind, frame, origin } = piece;
  const length = end - start;
  if (kind !== 'verbatim' || origin === undefined) return { length, origin, kind, frame };
  const { file, start: at } = origin;
  return { length, origin: { file, start: at + start, end: at + end }, kind, frame };
}
