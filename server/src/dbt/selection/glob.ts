/** Whether a text matches a pattern of Python's `fnmatch`: `*`, `?`, `[abc]`, `[!abc]`; case counts. */
export function fnmatch(text: string, pattern: string): boolean {
  return globPattern(pattern, { star: '[^]*', any: '[^]' }).test(text);
}

/** Whether a pattern holds a wildcard of `fnmatch`. */
export const hasWildcard = (pattern: string): boolean => /[*?[\]]/.test(pattern);

/** Whether a path, or a folder it lies in, matches a pattern of a file system: `*` stays inside a folder, `**` does not. */
export function matchesPath(path: string, pattern: string): boolean {
  const wanted = pattern
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');
  if (wanted === '.' || wanted === '') return true;
  const parts = wanted
    .split('/')
    .map(part => (part === '**' ? undefined : globSource(part, { star: '[^/]*', any: '[^/]' })));
  const source = parts.map((part, at) =>
    part === undefined ? anyFolders(at) : `${at === 0 || parts[at - 1] === undefined ? '' : '/'}${part}`,
  );
  return new RegExp(`^${source.join('')}(?:/|$)`).test(path);
}

const anyFolders = (at: number): string => (at === 0 ? '(?:[^/]+/)*' : '/(?:[^/]+/)*');

interface Wildcards {
  readonly star: string;
  readonly any: string;
}

const globPattern = (pattern: string, wildcards: Wildcards): RegExp =>
  new RegExp(`^${globSource(pattern, wildcards)}$`);

function globSource(pattern: string, { star, any }: Wildcards): string {
  return pattern.replaceAll(/\*+|\?|\[!?\]?[^\]]*\]|[^*?[]+|\[/g, token => {
    if (token.startsWith('*')) return star;
    if (token === '?') return any;
    if (token.startsWith('[') && token.endsWith(']')) return characterClass(token);
    return token.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  });
}

function characterClass(token: string): string {
  const isNegated = token.startsWith('[!');
  const members = token.slice(isNegated ? 2 : 1, -1).replaceAll(/[\\^[\]]/g, String.raw`\$&`);
  return `[${isNegated ? '^' : ''}${members}]`;
}
