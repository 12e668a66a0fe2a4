/** Whether `.dbtignore` hides a path of its project: git's ignore patterns, the last match deciding. */
export function ignores(patterns: readonly IgnorePattern[], path: string): boolean {
  return patterns.reduce((hidden, pattern) => (pattern.matches.test(path) ? !pattern.negated : hidden), false);
}

/** One line of `.dbtignore`. */
export interface IgnorePattern {
  readonly matches: RegExp;
  readonly negated: boolean;
}

/** The patterns of a `.dbtignore`, in order. */
export function readIgnore(text: string): readonly IgnorePattern[] {
  return text
    .split(/\r?\n/)
    .map(line => line.replace(/(?<!\\)\s+$/, ''))
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(pattern);
}

function pattern(line: string): IgnorePattern {
  const negated = line.startsWith('!');
  const body = negated ? line.slice(1) : line;
  const folder = body.endsWith('/');
  const glob = folder ? body.slice(0, -1) : body;
  const anchored = glob.includes('/');
  const source = globSource(glob.replace(/^\//, ''));
  return { matches: new RegExp(`^${anchored ? '' : '(?:.*/)?'}${source}${folder ? '/.*' : '(?:/.*)?'}$`), negated };
}

function globSource(glob: string): string {
  const parts = /\*\*\/|\/\*\*$|\*\*|\*|\?|\[!?[^\]]*\]|\\.|[^*?[\\]+|\[/g;
  return (glob.match(parts) ?? []).map(globPart).join('');
}

function globPart(part: string): string {
  switch (part) {
    case '**/':
      return '(?:.*/)?';
    case '/**':
      return '/.*';
    case '**':
      return '.*';
    case '*':
      return '[^/]*';
    case '?':
      return '[^/]';
  }
  if (part.startsWith('[') && part.length > 1) return part.replace('[!', '[^');
  return part.replace(/^\\(.)/, '$1').replace(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
