import { parseEvents, YAMLException } from 'js-yaml';
import type { Offset, TextRange } from '../../base/text-range.ts';
import { documentsFromEvents } from './from-events.ts';
import { libyamlError } from './libyaml-error.ts';
import { parsePlainly } from './plain.ts';
import { parseTolerantly } from './tolerant.ts';
import {
  dereferenced,
  isMerge,
  lastScalar,
  withLastScalar,
  type YamlNode,
  type YamlProblem,
  type YamlTree,
} from './tree.ts';

/** Parses a YAML file of one document. Never fails: a broken file gives a partial tree and a problem at its place. */
export function parseYaml(text: string): YamlTree {
  const plain = parsePlainly(text);
  const tree = withEndAsWritten(text, plain === undefined ? parseWhole(text) : { root: plain, problems: [] });
  if (tree.root === undefined) return tree;
  const problems = [...tree.problems];
  checkKeys(problems, tree.root);
  const judged = plain === undefined ? judgedAsDbt(text, problems) : problems;
  return judged.length === tree.problems.length ? tree : { ...tree, problems: judged };
}

/** Parsers of YAML differ in what they let pass: what counts is what dbt's does. */
function judgedAsDbt(text: string, problems: readonly YamlProblem[]): readonly YamlProblem[] {
  const stripped = text.trim();
  const error = libyamlError(stripped);
  if (error === undefined) return problems.filter(({ code }) => code !== 'yaml-syntax');
  if (problems.some(({ code }) => code === 'yaml-syntax')) return problems;
  const at = Math.min(error.at + text.indexOf(stripped), text.length);
  return [...problems, { code: 'yaml-syntax', message: error.summary, range: restOfLine(text, at) }];
}

/** A block scalar at the end of a text without a last line break has none either; PyYAML adds nothing to what is written. */
function withEndAsWritten(text: string, tree: YamlTree): YamlTree {
  const last = lastScalar(tree.root);
  const isBlock = last?.style === 'literal' || last?.style === 'folded';
  if (!isBlock || tree.root === undefined || text.endsWith('\n') || last.end < text.length) return tree;
  return { ...tree, root: withLastScalar(tree.root, { ...last, text: last.text.replace(/\n+$/, '') }) };
}

/**
 * Parses with all of YAML: the tree of a well-formed file; for any other the parser's own complaint, and what the tolerant
 * parser makes out.
 */
export function parseWhole(text: string): YamlTree {
  try {
    const [first, second] = documentsOf(text);
    const problems = second === undefined ? [] : [severalDocuments(text, second.at)];
    return { root: first?.root, problems };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const partial = parseTolerantly(text);
    if (partial.problems.length > 0) return partial;
    const at = Math.min(error.mark?.position ?? 0, text.length);
    return {
      root: partial.root,
      problems: [{ code: 'yaml-syntax', message: error.reason, range: restOfLine(text, at) }],
    };
  }
}

/** The documents of a text; brackets and quotes may close further left than they stand, as PyYAML lets them. */
function documentsOf(text: string): ReturnType<typeof documentsFromEvents> {
  let joined = text;
  const mostJoined = Math.max(ALWAYS_JOINED, Math.floor(MOST_READ / (text.length + 1)));
  for (let nTries = 0; ; nTries++) {
    try {
      return documentsFromEvents(text, parseEvents(joined, {}));
    } catch (error) {
      const isTooFarLeft = error instanceof YAMLException && error.reason === 'deficient indentation';
      const next = isTooFarLeft && nTries < mostJoined ? joinedBefore(joined, error.mark?.position ?? 0) : undefined;
      if (next === undefined) throw error;
      joined = next;
    }
  }
}

/**
 * So many lines of any file may stand too far to the left, and more of a small one: for each the text is read once more,
 * and so many characters are read at most.
 */
const ALWAYS_JOINED = 100;
const MOST_READ = 10_000_000;

/** The text with the line at an offset put behind the one before it; nothing moves, blanks stand for what goes. */
function joinedBefore(text: string, at: Offset): string | undefined {
  const newline = text.lastIndexOf('\n', at - 1);
  if (newline < 0) return undefined;
  const start = text.lastIndexOf('\n', newline - 1) + 1;
  const line = text.slice(start, newline);
  const bare = line.replace(/(^|\s)#[^'"]*$/, comment => ' '.repeat(comment.length));
  return `${text.slice(0, start)}${bare.replace(/\r$/, ' ')} ${text.slice(newline + 1)}`;
}

function severalDocuments(text: string, at: Offset): YamlProblem {
  return {
    code: 'yaml-syntax',
    message: 'expected a single document in the file',
    range: restOfLine(text, afterBlanks(text, at)),
  };
}

function afterBlanks(text: string, at: Offset): Offset {
  const found = text.slice(at).search(/\S/);
  return found < 0 ? at : at + found;
}

/** From a position to the end of its line, at least one character where the text has one. */
function restOfLine(text: string, at: Offset): TextRange {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  if (end > at) return { start: at, end };
  return at < text.length ? { start: at, end: at + 1 } : { start: Math.max(at - 1, 0), end: at };
}

function checkKeys(problems: YamlProblem[], root: YamlNode): void {
  const pending: YamlNode[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'alias' && node.target === undefined) problems.push(undefinedAlias(node.name, node));
    if (node.kind === 'sequence') pending.push(...node.items);
    if (node.kind !== 'mapping') continue;
    const seen = new Set<string>();
    for (const entry of node.entries) {
      pending.push(entry.value);
      const { key } = entry;
      const scalar = dereferenced(key);
      if (scalar?.kind !== 'scalar') problems.push(unhashableKey(key));
      else if (!isMerge(entry) && seen.has(scalar.text)) problems.push(duplicateKey(scalar.text, key));
      else seen.add(scalar.text);
    }
  }
}

const undefinedAlias = (name: string, { start, end }: TextRange): YamlProblem => ({
  code: 'yaml-syntax',
  message: `found undefined alias '${name}'`,
  range: { start, end },
});

const duplicateKey = (name: string, { start, end }: TextRange): YamlProblem => ({
  code: 'yaml-duplicate-key',
  message: `the key '${name}' stands twice in this mapping; only the last one counts`,
  range: { start, end },
});

/** Mostly a `{{ … }}` without quotes, which YAML takes for a mapping inside a mapping. */
const unhashableKey = ({ start, end }: TextRange): YamlProblem => ({
  code: 'yaml-syntax',
  message: 'found a mapping or list where a key is expected; a value that starts with {{ must be quoted',
  range: { start, end },
});
