import type { Compiled } from '../../server/src/dbt/compile/compiled.ts';
import type { ManifestView, NodeView } from '../../server/src/dbt/compile/manifest-view.ts';
import { mergeConfig } from '../../server/src/dbt/config/merge.ts';
import type { Data, DataMap } from '../../server/src/dbt/manifest/data.ts';
import type { CapturedRender, RelationNames, TemplateEngine } from '../../server/src/model/engine.ts';
import type { Expression } from '../../server/src/syntax/jinja/nodes.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';
import { asString, callsIn, type CallView } from '../../server/src/syntax/jinja/views.ts';

/**
 * A template engine that only reads literals: `ref('x')`, `source('a', 'b')`, `config(key='value')`, calls of the
 * project's own macros. For tests of what the model does around templates; what templates mean is tested with the
 * real engine.
 */
export const literalEngine: TemplateEngine = {
  renderYaml: text => ({ value: text }),
  capture: (view, node) => capture(view, node),
  relationNames: (view, node, custom): RelationNames => ({
    database: custom.database ?? stringOf(view.target.get('database')),
    schema: [stringOf(view.target.get('schema')), custom.schema].filter(it => it !== undefined).join('_'),
    alias: custom.alias ?? (node.version === undefined ? node.name : `${node.name}_v${node.version}`),
    problem: undefined,
  }),
  compile: (view, node) => compile(view, node),
  builtinMacros: () => [],
  builtinMacroText: () => undefined,
};

const stringOf = (data: Data | undefined): string | undefined => (typeof data === 'string' ? data : undefined);

function capture(view: ManifestView, node: NodeView): CapturedRender {
  const tree = parseJinja(node.rawCode);
  const kwargs = [...(node.testMetadata?.kwargs.values() ?? [])].map(it => (typeof it === 'string' ? it : ''));
  const args = kwargs.map(it => (it.includes('{{') ? it : `{{ ${it} }}`)).filter(it => /ref|source/.test(it));
  const calls = callsIn(parseJinja([node.rawCode, ...args].join('')));
  const literals = (call: CallView): readonly string[] => call.positional.map(it => asString(it)?.value ?? '');
  const named = (path: string): readonly CallView[] => calls.filter(call => call.path.join('.') === path);
  const [problem] = tree.problems;
  return {
    rendered: {
      text: node.rawCode,
      segments: [],
      problem: problem && {
        errorClass: problem.errorClass,
        message: problem.message,
        file: view.templateOrigin(node.uniqueId)?.file ?? '',
        range: { start: problem.start, end: problem.end },
        frame: undefined,
      },
    },
    refs: named('ref').map(call => {
      const [first = '', second] = literals(call);
      return { package: second === undefined ? undefined : first, name: second ?? first, version: undefined };
    }),
    sources: named('source').map(call => {
      const [source = '', table = ''] = literals(call);
      return { source, table };
    }),
    config: named('config').reduce<DataMap>(
      (config, call) => mergeConfig(config as ReadonlyMap<string, Data>, configOf(call)),
      new Map(),
    ),
    macros: calledMacros(view, calls),
  };
}

function calledMacros(view: ManifestView, calls: readonly CallView[]): readonly string[] {
  const names = new Set(calls.map(({ path }) => path.at(-1)));
  return view.macros
    .filter(macro => names.has(macro.name))
    .map(macro => (view.macroText(macro.uniqueId), macro.uniqueId));
}

function configOf(call: CallView): DataMap {
  const [first] = call.positional;
  const dict = first === undefined ? new Map() : (literal(first) as DataMap);
  return new Map([...dict, ...call.named.map(({ name, value }) => [name, literal(value)] as const)]);
}

function literal(node: Expression): Data {
  if (node.kind === 'string' || node.kind === 'constant') return node.value;
  if (node.kind === 'number') return Number(node.value);
  if (node.kind === 'list') return node.items.map(literal);
  if (node.kind !== 'dict') return null;
  const map: DataMap = new Map(node.pairs.map(({ key, value }) => [asString(key)?.value ?? '', literal(value)]));
  return map;
}

function compile(view: ManifestView, node: NodeView): Compiled {
  const { refs, sources, macros } = capture(view, node);
  const nodes: string[] = [];
  let text = node.rawCode;
  for (const ref of refs) {
    const target = view.resolveRef(ref, node);
    if (target.kind === 'unresolved') continue;
    nodes.push(target.node.uniqueId);
    text = text.replace(`{{ ref('${ref.name}') }}`, target.node.relation.relationName ?? '');
  }
  return {
    text,
    segments: [],
    problem: undefined,
    own: { text, segments: [] },
    ephemerals: [],
    refs,
    sources,
    nodes,
    macros,
    guessed: false,
    asksCommand: false,
  };
}
