import { escapeHtml } from '../strings.ts';
import { trimmed } from './text-filters.ts';
import { spend } from '../meter.ts';

/** How links are written. */
export interface LinkOptions {
  /** How many characters of an address are shown; asked for only where there is an address. */
  readonly limit: (() => number) | undefined;
  readonly rel: string;
  readonly target: string | undefined;
  readonly extraSchemes: readonly string[];
}

const http =
  /^(?:(?:https?:\/\/|www\.)(?:(?:[\w%-]+\.)+)?(?:[a-z]{2,63}|xn--[\w%]{2,59})|(?:[\w%-]{2,63}\.)+(?:com|net|int|edu|gov|org|info|mil)|https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|\[(?:[\da-f]{0,4}:){2}(?:[\da-f]{0,4}:?){1,6}\]))(?::\d{1,5})?(?:[/?#]\S*)?$/i;
const email = /^\S+@\w[\w.-]*\.\w+$/;

/** Turns the addresses in an escaped text into links. */
export function urlize(text: string, options: LinkOptions): string {
  return text
    .split(/(\s+)/)
    .map(word => linkWord(word, options))
    .join('');
}

function linkWord(word: string, options: LinkOptions): string {
  // Finding where an address ends takes time that grows with the square of a word's length.
  spend(1 + (word.length * word.length) / 128);
  const { head, middle, tail } = cutPunctuation(word);
  return head + link(middle, options) + tail;
}

interface Parts {
  readonly head: string;
  readonly middle: string;
  readonly tail: string;
}

/** Brackets before a word and punctuation after it are no part of the address, unless they balance inside it. */
function cutPunctuation(word: string): Parts {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? '';
  let middle = word.slice(head.length);
  let tail = /(?:[)>.,\n]|&gt;)+$/.exec(middle)?.[0] ?? '';
  middle = middle.slice(0, middle.length - tail.length);
  for (const [open, close] of [
    ['(', ')'],
    ['<', '>'],
    ['&lt;', '&gt;'],
  ] as const) {
    const nOpen = count(middle, open);
    if (nOpen <= count(middle, close)) continue;
    for (let n = Math.min(nOpen, count(tail, close)); n > 0; n--) {
      const end = tail.indexOf(close) + close.length;
      middle += tail.slice(0, end);
      tail = tail.slice(end);
    }
  }
  return { head, middle, tail };
}

const count = (text: string, part: string): number => text.split(part).length - 1;

function link(word: string, { limit, rel, target, extraSchemes }: LinkOptions): string {
  const attributes = `${rel === '' ? '' : ` rel="${escapeHtml(rel)}"`}${target === undefined || target === '' ? '' : ` target="${escapeHtml(target)}"`}`;
  if (http.test(word)) {
    const address = /^https?:\/\//.test(word) ? word : `https://${word}`;
    return `<a href="${address}"${attributes}>${limit === undefined ? word : trimmed(word, limit())}</a>`;
  }
  if (word.startsWith('mailto:') && email.test(word.slice(7))) return `<a href="${word}">${word.slice(7)}</a>`;
  const isAddress = word.includes('@') && !word.startsWith('www.') && !word.startsWith('@') && !word.includes(':');
  if (isAddress && email.test(word)) return `<a href="mailto:${word}">${word}</a>`;
  let linked = word;
  for (const scheme of extraSchemes) {
    if (linked !== scheme && linked.startsWith(scheme)) linked = `<a href="${linked}"${attributes}>${linked}</a>`;
  }
  return linked;
}
