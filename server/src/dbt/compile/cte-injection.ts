import type { Segment } from '../../render/rendered.ts';
import type { EphemeralCte } from './compiled.ts';

/** A text and its map, taken together. */
export interface MappedText {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/**
 * Puts the queries of ephemeral models in front of a statement: into its own `with` when it begins with one, else in a
 * `with` of their own. The queries keep their origins; what joins them has none.
 */
export function injectCtes(sql: MappedText, ctes: readonly EphemeralCte[]): MappedText {
  if (ctes.length === 0) return sql;
  const place = injectionPlace(sql.text);
  const builder = new MappedTextBuilder();
  builder.slice(sql, 0, place.at);
  if (!place.hasWith) builder.synthetic('with');
  ctes.forEach((cte, index) => {
    builder.synthetic(`${index === 0 ? '' : ', '} ${cte.name} as (\n`);
    builder.slice(cte, 0, cte.text.length);
    builder.synthetic('\n)');
  });
  builder.synthetic(place.hasWith ? ', ' : ' ');
  builder.slice(sql, place.at, sql.text.length);
  return builder.mapped();
}

/** Blanks and comments, then perhaps `with` and `recursive` and the blanks behind them. */
const BLANK = '(?:\\s+|--[^\\n]*(?:\\n|$)|/\\*(?:[^*]|\\*(?!/))*\\*/)*';
const LEADING_WITH = new RegExp(`^${BLANK}with(?![\\w$])\\s*(?:recursive(?![\\w$])\\s*)?`, 'i');

function injectionPlace(text: string): { readonly at: number; readonly hasWith: boolean } {
  const match = LEADING_WITH.exec(text);
  if (match !== null) return { at: match[0].length, hasWith: true };
  return { at: text.length - text.trimStart().length, hasWith: false };
}

/** Puts mapped texts together. */
class MappedTextBuilder {
  readonly #texts: string[] = [];
  readonly #segments: Segment[] = [];
  #length = 0;

  synthetic(text: string): void {
    this.#push(text, { origin: undefined, kind: 'synthetic', frame: undefined });
  }

  slice({ text, segments }: MappedText, from: number, to: number): void {
    for (const segment of segments) {
      const start = Math.max(segment.start, from);
      const end = Math.min(segment.end, to);
      if (start >= end) continue;
      this.#push(text.slice(start, end), { ...segment, origin: originOfPart(segment, start, end) });
    }
  }

  #push(text: string, segment: Omit<Segment, 'start' | 'end'>): void {
    if (text === '') return;
    const start = this.#length;
    this.#length += text.length;
    this.#texts.push(text);
    this.#segments.push({ ...segment, start, end: this.#length });
  }

  mapped(): MappedText {
    return { text: this.#texts.join(''), segments: this.#segments };
  }
}

/** Only verbatim text can be cut character by character; of a computed one every part stands for the whole. */
function originOfPart(segment: Segment, start: number, end: number): Segment['origin'] {
  const { origin, kind } = segment;
  if (origin === undefined || kind !== 'verbatim') return origin;
  const offset = origin.start - segment.start;
  return { file: origin.file, start: start + offset, end: end + offset };
}
