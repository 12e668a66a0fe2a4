import { entryOf, itemsOf, textOfScalar, valueOf, type YamlNode } from '../../syntax/yaml/tree.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';

/** A package to be added to `packages.yml`. */
export interface AddedPackage {
  readonly source: 'hub' | 'git' | 'local';
  readonly name: string;
  /** Bounds with commas between; a revision for git. */
  readonly version: string | undefined;
}

/** The file with the package in it, and the entries that gave way because they mean the same package. */
export interface EditedPackages {
  readonly text: string;
  readonly replaced: readonly string[];
}

/**
 * Adds a package to the text of a `packages.yml`, in the place of entries that mean the same one. All else stays as it
 * is, comments included. `undefined` when the text has no list that could be extended line by line.
 */
export function addPackage(text: string, added: AddedPackage): EditedPackages | undefined {
  const root = parseYaml(text).root;
  const list = valueOf(root, 'packages');
  const items = itemsOf(list);
  if (list?.kind === 'sequence' && list.flow && items.length > 0) return undefined;
  if (items.length === 0) return { text: withFirst(text, root, entryLines(added, '  ')), replaced: [] };
  const indent = lineStartText(text, items[0]?.start ?? 0);
  const same = items.filter(item => meansSame(item, added.name));
  const end = lineEnd(text, items.at(-1)?.end ?? 0);
  let edited = `${withNewline(text.slice(0, end))}${entryLines(added, indent)}${text.slice(end)}`;
  for (const item of same.toReversed()) {
    const upTo = startOfLine(text, items[items.indexOf(item) + 1]?.start ?? end);
    edited = edited.slice(0, startOfLine(text, item.start)) + edited.slice(upTo > item.end ? upTo : end);
  }
  return { text: edited, replaced: same.map(identifierOf).filter(it => it !== undefined) };
}

function withFirst(text: string, root: YamlNode | undefined, lines: string): string {
  const entry = entryOf(root, 'packages');
  const head = entry === undefined ? withNewline(text) + 'packages:\n' : undefined;
  if (entry === undefined) return `${head ?? ''}${lines}`;
  const end = lineEnd(text, entry.key.end);
  return `${text.slice(0, entry.key.start)}packages:\n${lines}${text.slice(end)}`;
}

const withNewline = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

function entryLines({ source, name, version }: AddedPackage, indent: string): string {
  const lines = [`${indent}- ${source === 'hub' ? 'package' : source}: ${name}`];
  if (version !== undefined) {
    const bounds = version.split(',').map(it => quoted(it.trim()));
    const value = bounds.length === 1 ? (bounds[0] ?? '') : `[${bounds.join(', ')}]`;
    lines.push(`${indent}  ${source === 'git' ? 'revision' : 'version'}: ${value}`);
  }
  return lines.map(line => `${line}\n`).join('');
}

/** What YAML would not read as the same text stands in quotes. */
const quoted = (text: string): string =>
  /^[A-Za-z0-9][\w./-]*$/.test(text) && !/^[\d.e]+$/i.test(text.replace(/^\d+\.\d+\.\d+$/, 'x')) ? text : `"${text}"`;

/**
 * Whether an entry means a package of that name, whatever its source: `dbt-labs/dbt_utils`, with dashes or underscores,
 * is `https://github.com/dbt-labs/dbt-utils.git` too.
 */
function meansSame(item: YamlNode, name: string): boolean {
  const identifier = identifierOf(item);
  if (identifier === undefined) return false;
  const spellings = [name, name.split('/').at(-1) ?? name].flatMap(it => [
    it,
    it.replaceAll('_', '-'),
    it.replaceAll('-', '_'),
  ]);
  return spellings.some(spelling => holdsWord(identifier, spelling));
}

function holdsWord(identifier: string, word: string): boolean {
  const at = identifier.indexOf(word);
  if (at < 0 || word === '') return false;
  const [before, after] = [identifier[at - 1], identifier[at + word.length]];
  return [before, after].every(it => it === undefined || it === '/' || it === '.');
}

function identifierOf(item: YamlNode): string | undefined {
  const keys = ['package', 'git', 'local', 'tarball', 'private'];
  return keys.map(key => textOfScalar(valueOf(item, key))).find(it => it !== undefined);
}

const startOfLine = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The blanks before the dash of a list's first item. */
const lineStartText = (text: string, at: number): string => /^ */.exec(text.slice(startOfLine(text, at)))?.[0] ?? '';
