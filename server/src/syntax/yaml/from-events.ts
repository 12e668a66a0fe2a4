import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event } from 'js-yaml';
import type { Offset } from '../../base/text-range.ts';
import type { ScalarStyle, YamlAlias, YamlNode, YamlScalar } from './tree.ts';

type ScalarEvent = Extract<Event, { type: typeof EVENT_ID.SCALAR }>;
type CollectionEvent = Extract<Event, { type: typeof EVENT_ID.SEQUENCE | typeof EVENT_ID.MAPPING }>;

/** A document of the file and where it begins. */
export interface YamlDocument {
  readonly root: YamlNode | undefined;
  readonly at: Offset;
}

/**
 * Builds the trees from a parser's events. The events come from text that is known to be well-formed, or of such text
 * with lines of it joined into one.
 */
export function documentsFromEvents(text: string, events: readonly Event[]): readonly YamlDocument[] {
  const builder = new TreeBuilder(text);
  for (const event of events) builder.take(event);
  return builder.documents;
}

interface OpenCollection {
  readonly event: CollectionEvent;
  readonly children: YamlNode[];
}

/** Lives for one file: the stack of open collections and the anchors seen so far. */
class TreeBuilder {
  readonly documents: YamlDocument[] = [];
  readonly #text: string;
  readonly #open: (OpenCollection | undefined)[] = [];
  readonly #anchors = new Map<string, YamlNode>();
  /** The end of the last token, after which a missing value is placed. */
  #at: Offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        this.documents.push({ root: undefined, at: this.#at });
        this.#anchors.clear();
        this.#open.push(undefined);
        break;
      case EVENT_ID.SEQUENCE:
      case EVENT_ID.MAPPING:
        this.#open.push({ event, children: [] });
        this.#at = Math.max(this.#at, event.start);
        break;
      case EVENT_ID.SCALAR:
        this.#add(this.#scalar(event), event);
        break;
      case EVENT_ID.ALIAS:
        this.#add(this.#alias(event.anchorStart, event.anchorEnd), undefined);
        break;
      case EVENT_ID.POP:
        this.#close();
        break;
    }
  }

  #close(): void {
    const open = this.#open.pop();
    if (open === undefined) return;
    const { event, children } = open;
    const flow = this.#text[event.start] === (event.type === EVENT_ID.SEQUENCE ? '[' : '{') && event.style === FLOW;
    const end = flow
      ? this.#closingBracket(children.at(-1)?.end ?? event.start + 1)
      : (children.at(-1)?.end ?? event.start);
    const range = { start: event.start, end };
    if (event.type === EVENT_ID.SEQUENCE) this.#add({ kind: 'sequence', ...range, items: children, flow }, event);
    else this.#add({ kind: 'mapping', ...range, entries: pairs(children), flow }, event);
  }

  #add(node: YamlNode, event: ScalarEvent | CollectionEvent | undefined): void {
    this.#at = Math.max(this.#at, node.end);
    if (event !== undefined && event.anchorStart >= 0) {
      this.#anchors.set(this.#text.slice(event.anchorStart, event.anchorEnd), node);
    }
    const parent = this.#open.at(-1);
    if (parent !== undefined) parent.children.push(node);
    else this.documents.push({ root: node, at: this.documents.pop()?.at ?? 0 });
  }

  #alias(start: Offset, end: Offset): YamlAlias {
    const name = this.#text.slice(start, end);
    return { kind: 'alias', start: start - 1, end, name, target: this.#anchors.get(name) };
  }

  #scalar(event: ScalarEvent): YamlScalar {
    const fast = getScalarValue(this.#text, event);
    // Lines that were joined for the parser are folded as what they are.
    const isJoined = event.fast && fast.includes('\n');
    const text = isJoined ? getScalarValue(this.#text, { ...event, fast: false }) : fast;
    const tag = event.tagStart < 0 ? undefined : this.#text.slice(event.tagStart, event.tagEnd);
    const style = STYLES.get(event.style) ?? 'plain';
    if (event.valueStart < 0) return missing(this.#afterIndicator(Math.max(event.tagEnd, event.anchorEnd)), tag);
    const content = { start: event.valueStart, end: event.valueEnd };
    const nQuotes = style === 'single-quoted' || style === 'double-quoted' ? 1 : 0;
    const range = { start: content.start - nQuotes, end: content.end + nQuotes };
    // A plain text with a comment below it counts as one of several lines to the parser.
    const verbatim =
      (event.fast && !isJoined) || (style === 'plain' && this.#text.slice(content.start, content.end) === text);
    return { kind: 'scalar', ...range, text, style, content, verbatim, tag };
  }

  /** The place of a value that is not there: just after the `:`, `-` or `?` that asks for it. */
  #afterIndicator(after: Offset): Offset {
    if (after > 0) return after;
    const match = INDICATOR.exec(this.#text.slice(this.#at, this.#at + MISSING_LOOKAHEAD));
    return this.#at + (match?.[0].length ?? 0);
  }

  #closingBracket(from: Offset): Offset {
    let at = from;
    for (;;) {
      const char = this.#text[at];
      if (char === undefined) return at;
      if (char === ']' || char === '}') return at + 1;
      const newline = this.#text.indexOf('\n', at);
      at = char === '#' ? (newline < 0 ? this.#text.length : newline) : at + 1;
    }
  }
}

const FLOW = 2;
const INDICATOR = /^\s*[:?-]/;
const MISSING_LOOKAHEAD = 200;

const STYLES: ReadonlyMap<number, ScalarStyle> = new Map<number, ScalarStyle>([
  [SCALAR_STYLE.PLAIN, 'plain'],
  [SCALAR_STYLE.SINGLE_QUOTED, 'single-quoted'],
  [SCALAR_STYLE.DOUBLE_QUOTED, 'double-quoted'],
  [SCALAR_STYLE.LITERAL_BLOCK, 'literal'],
  [SCALAR_STYLE.FOLDED_BLOCK, 'folded'],
]);

function missing(at: Offset, tag: string | undefined): YamlScalar {
  const range = { start: at, end: at };
  return { kind: 'scalar', ...range, text: '', style: 'plain', content: range, verbatim: true, tag };
}

function pairs(children: readonly YamlNode[]) {
  const entries = [];
  for (let at = 0; at + 1 < children.length; at += 2) {
    const [key, value] = [children[at], children[at + 1]];
    if (key !== undefined && value !== undefined) entries.push({ key, value });
  }
  return entries;
}
