/** How many columns of a terminal a text takes: wide characters two, marks and joiners none. */
export function textWidth(text: string): number {
  if (/^[\u0020-\u007E]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes(text)) width += WIDE.test(segment) ? 2 : NO_WIDTH.test(segment) ? 0 : 1;
  return width;
}

/** The text with blanks up to a width, on its right or on its left. */
export function padded(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const blanks = ' '.repeat(Math.max(width - textWidth(text), 0));
  return side === 'right' ? text + blanks : blanks + text;
}

/** The text cut to a width, with `…` where something is missing. */
export function shortened(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = '';
  for (const { segment } of graphemes(text)) {
    if (textWidth(kept + segment) >= width) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The text cut to a width in its middle: the ends of long names tell them apart. */
export function middleCut(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  const end = Math.floor(width / 3);
  const parts = [...graphemes(text)].map(({ segment }) => segment);
  let tail = '';
  for (const segment of parts.toReversed()) {
    if (textWidth(segment + tail) > end) break;
    tail = segment + tail;
  }
  return shortened(text, width - textWidth(tail)) + tail;
}

/** The text in lines of at most so many columns, broken at blanks. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** The text without its first columns; half of a wide character becomes a blank. */
export function withoutColumns(text: string, count: number): string {
  let [gone, at] = [0, 0];
  for (const { segment } of graphemes(text)) {
    if (gone >= count) break;
    gone += textWidth(segment);
    at += segment.length;
  }
  return ' '.repeat(Math.max(gone - count, 0)) + text.slice(at);
}

let segmenter: Intl.Segmenter | undefined;

/** What people take for characters. The segmenter loads tables that most runs of the program never need. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u;
const NO_WIDTH = /^[\p{M}\p{Cf}\p{Cc}]+$/u;
