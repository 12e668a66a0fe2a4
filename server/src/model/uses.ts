import type { TextRange } from '../base/text-range.ts';
import type { Expression, StringLiteral } from '../syntax/jinja/nodes.ts';
import { parseJinja, type JinjaTree } from '../syntax/jinja/parse.ts';
import { asString, callsIn, namedArgument, stringContents, type CallView } from '../syntax/jinja/views.ts';
import type { YamlNode, YamlScalar } from '../syntax/yaml/tree.ts';
import type { Use } from './db.ts';

/** The literal uses in a template, in source order. */
export function usesInTemplate(tree: JinjaTree): readonly Use[] {
  return callsIn(tree).flatMap(call => usesOfCall(call));
}

/** The literal uses in a YAML file: in Jinja inside texts, and in texts that are a bare `ref('x')` or `source('a', 'b')`. */
export function usesInYaml(root: YamlNode | undefined): readonly Use[] {
  const uses: Use[] = [];
  const pending: YamlNode[] = root === undefined ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'scalar') uses.push(...usesInScalar(node));
    else if (node.kind === 'sequence') pending.push(...node.items.toReversed());
    else if (node.kind === 'mapping') for (const { value } of node.entries.toReversed()) pending.push(value);
  }
  return uses;
}

const BARE = /^\s*(?:ref|source)\s*\(/;

function usesInScalar(scalar: YamlScalar): readonly Use[] {
  const { text } = scalar;
  if (!text.includes('(')) return [];
  const isTemplate = /\{[{%]/.test(text);
  // A bare call with Jinja in it names what is only known when it is rendered.
  const bare = !isTemplate && BARE.test(text);
  if (!bare && !isTemplate) return [];
  // A bare call is an expression without braces; put into braces it parses, two characters further on.
  const uses = usesInTemplate(parseJinja(bare ? `{{${text}}}` : text));
  const shift = scalar.content.start - (bare ? 2 : 0);
  return uses.map(use => moved(use, range => (scalar.verbatim ? shifted(range, shift) : scalar.content)));
}

const shifted = ({ start, end }: TextRange, by: number): TextRange => ({ start: start + by, end: end + by });

function moved(use: Use, move: (range: TextRange) => TextRange): Use {
  const common = { range: move(use.range), callRange: move(use.callRange) };
  switch (use.kind) {
    case 'ref':
      return { ...use, ...common, packageRange: use.packageRange && move(use.packageRange) };
    case 'source':
      return { ...use, ...common, tableRange: move(use.tableRange) };
    case 'var':
    case 'doc':
    case 'macro':
      return { ...use, ...common };
  }
}

function usesOfCall(view: CallView): readonly Use[] {
  const path = view.path[0] === 'builtins' ? view.path.slice(1) : view.path;
  const [first, second] = path;
  if (first === undefined) return [];
  const literals = view.positional.map(asString);
  if (path.length === 1) return BUILTIN_USES.get(first)?.(view, literals) ?? [macroUse(view, undefined, first)];
  if (path.length === 2 && second !== undefined && !CONTEXT_OBJECTS.has(first)) return [macroUse(view, first, second)];
  return [];
}

type ReadUse = (view: CallView, literals: readonly (StringLiteral | undefined)[]) => readonly Use[];

const BUILTIN_USES: ReadonlyMap<string, ReadUse> = new Map<string, ReadUse>([
  ['ref', refUses],
  ['source', sourceUses],
  ['var', varUses],
  ['doc', docUses],
]);

/** What a dotted call may start with that is no package: functions of these are dbt's own. */
const CONTEXT_OBJECTS: ReadonlySet<string> = new Set(
  'adapter api exceptions modules builtins config graph model target this flags context loop self caller var'.split(
    ' ',
  ),
);

function refUses(view: CallView, [first, second]: readonly (StringLiteral | undefined)[]): readonly Use[] {
  if (first === undefined || view.positional.length > 2) return [];
  if (view.positional.length === 2 && second === undefined) return [];
  const name = second ?? first;
  const version = literal(namedArgument(view, 'version') ?? namedArgument(view, 'v'));
  return [
    {
      kind: 'ref',
      package: second === undefined ? undefined : first.value,
      name: name.value,
      version,
      range: stringContents(name),
      packageRange: second === undefined ? undefined : stringContents(first),
      callRange: rangeOf(view),
    },
  ];
}

function sourceUses(view: CallView, [source, table]: readonly (StringLiteral | undefined)[]): readonly Use[] {
  if (source === undefined || table === undefined || view.positional.length !== 2) return [];
  return [
    {
      kind: 'source',
      source: source.value,
      table: table.value,
      range: stringContents(source),
      tableRange: stringContents(table),
      callRange: rangeOf(view),
    },
  ];
}

function varUses(view: CallView, [name]: readonly (StringLiteral | undefined)[]): readonly Use[] {
  if (name === undefined) return [];
  const hasDefault = view.positional.length > 1 || namedArgument(view, 'default') !== undefined;
  return [{ kind: 'var', name: name.value, hasDefault, range: stringContents(name), callRange: rangeOf(view) }];
}

function docUses(view: CallView, [first, second]: readonly (StringLiteral | undefined)[]): readonly Use[] {
  const name = second ?? first;
  if (first === undefined || name === undefined) return [];
  const packageName = second === undefined ? undefined : first.value;
  return [
    { kind: 'doc', name: name.value, package: packageName, range: stringContents(name), callRange: rangeOf(view) },
  ];
}

function macroUse(view: CallView, packageName: string | undefined, name: string): Use {
  const { callee } = view.call;
  const range = callee.kind === 'attribute' ? callee.nameRange : view.nameRange;
  return { kind: 'macro', package: packageName, name, range, callRange: rangeOf(view) };
}

const rangeOf = ({ call }: CallView): TextRange => ({ start: call.start, end: call.end });

function literal(node: Expression | undefined): string | number | undefined {
  if (node?.kind === 'string') return node.value;
  return node?.kind === 'number' ? Number(node.value) : undefined;
}
