import { invalidConfigs } from '../dbt/config/invalid-config.ts';
import { isMicrobatch, microbatchMistakes } from '../dbt/microbatch/mistakes.ts';
import { dataText } from '../dbt/schema/data-repr.ts';
import { nodeConfig } from '../dbt/config/node-config.ts';
import { nearest } from '../base/nearest.ts';
import { knownConfigKeys } from '../dbt/config/known-keys.ts';
import { asString, textOfKey, type Data } from '../dbt/manifest/data.ts';
import type { NodeConfig, UniqueId } from '../dbt/manifest/node.ts';
import type { Origin, RenderProblem } from '../render/rendered.ts';
import type { Keyword } from '../syntax/jinja/nodes.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { callsIn } from '../syntax/jinja/views.ts';
import { compileRenderError, groupError, lineAt, parseRenderError, syntaxError } from './dbt-errors.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { ONLY } from './inputs.ts';
import {
  incompleteSnapshot,
  invalidConfigValue,
  jinjaSyntax,
  refCycle,
  renderError,
  unknownConfig,
  unknownGroup,
  type Problem,
} from './problems.ts';
import { yamlNodeProblems } from './yaml-node-problems.ts';

/** What is wrong with a node as dbt reads it: it does not parse, fails, is configured wrongly, or needs itself. */
export function nodeProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  if (!TEMPLATED.has(declared.kind)) return yamlNodeProblems(parts, declared);
  if (declared.at.kind === 'entry') return snapshotProblems(parts, declared);
  const { problem: parseProblem } = parts.facts.captured.get(declared.uniqueId);
  if (parseProblem !== undefined && !isUnreadTest(parts, declared)) {
    return [parseTimeProblem(parts, declared, parseProblem)];
  }
  const found = [...configProblems(parts, declared), ...snapshotProblems(parts, declared)];
  if (!parts.facts.enabled(declared.uniqueId)) return found;
  const cycle = cycleThrough(parts, declared.uniqueId);
  return cycle === undefined ? found : [...found, refCycle(cycleOrigin(parts, declared, cycle), cycle)];
}

const TEMPLATED: ReadonlySet<string> = new Set(['model', 'snapshot', 'test', 'analysis', 'operation', 'sql_operation']);

function parseTimeProblem(parts: ProblemParts, declared: Declared, problem: RenderProblem): Problem {
  if (!SYNTAX.has(problem.errorClass)) {
    return renderError(declared.file, shownIn(parts, declared, problem), parseRenderError(declared, problem));
  }
  const code = parts.facts.rawCode.get(declared.uniqueId);
  const start = parts.places.placesOfDeclared(declared).template?.start ?? 0;
  const at = parseJinja(code).problems[0]?.at ?? problem.range.start - start;
  const dbt = syntaxError(declared, problem.message, lineAt(code, at));
  return jinjaSyntax({ file: problem.file, ...problem.range }, problem.message, dbt);
}

/** dbt does not render its own `unique` and `not_null` while it reads the project: they fail when they are compiled. */
function isUnreadTest(parts: ProblemParts, declared: Declared): boolean {
  const metadata = parts.facts.genericTest(declared)?.metadata;
  if (metadata === undefined || metadata.namespace !== undefined) return false;
  if (metadata.name !== 'unique' && metadata.name !== 'not_null') return false;
  return parts.inputs.declared.get(`macro:test_${metadata.name}`) === undefined;
}

const SYNTAX: ReadonlySet<string> = new Set(['TemplateSyntaxError', 'TemplateAssertionError']);

/** A generic test and a hook have no template of their own: their problems are shown where the YAML declares them. */
function shownIn(parts: ProblemParts, declared: Declared, problem: RenderProblem): RenderProblem {
  if (declared.at.kind !== 'generic-test' && declared.at.kind !== 'hook') return problem;
  const { name, declaration } = parts.places.placesOfDeclared(declared);
  const { file, start, end } = name ?? declaration;
  return { ...problem, file, range: { start, end }, frame: undefined };
}

/**
 * What compiling a node adds to what reading it shows, for nodes that can be read and are no part of a cycle. Names that
 * it finds unresolved are reported where they are used.
 */
export function compileProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const { uniqueId, kind, at } = declared;
  if (!TEMPLATED.has(kind) || at.kind === 'entry' || !parts.facts.enabled(uniqueId)) return [];
  const isUnreadable = parts.facts.captured.get(uniqueId).problem !== undefined;
  if (isUnreadable && !isUnreadTest(parts, declared)) return [];
  if (cycleThrough(parts, uniqueId) !== undefined) return [];
  const { problem } = parts.compiled(uniqueId);
  if (problem === undefined || RESOLUTION.has(problem.code ?? '')) return [];
  return [renderError(declared.file, shownIn(parts, declared, problem), compileRenderError(declared, problem))];
}

const RESOLUTION: ReadonlySet<string> = new Set([
  'unknown-model',
  'disabled-model',
  'ambiguous-ref',
  'unknown-source',
  'disabled-source',
]);

function configProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const { facts, structure } = parts;
  const config = nodeConfig({
    type: declared.kind,
    fqn: facts.fqn(declared),
    project: facts.projectOf(declared),
    root: structure.rootProject(),
    properties: facts.patchConfig(declared.uniqueId)?.config ?? new Map(),
    inFile: facts.genericTest(declared)?.config ?? facts.captured.get(declared.uniqueId).config,
  });
  const found: Problem[] = [];
  for (const { key, message, errorClass } of invalidConfigs(declared.kind, config)) {
    found.push(invalidConfigValue(configOrigin(parts, declared, key), message, errorClass));
  }
  if (declared.kind === 'model') found.push(...modelProblems(parts, declared, config));
  found.push(...misspelledConfigs(parts, declared));
  const group = asString(config.get('group'));
  const groups = [...parts.tables.names.get(ONLY).groups.keys()];
  if (group !== undefined && !groups.includes(group)) {
    const origin = configOrigin(parts, declared, 'group');
    found.push(unknownGroup(origin, group, groups, groupError(declared, group, groups)));
  }
  return found;
}

/** The rules that only models have: who may use them, and what a build in batches needs. */
function modelProblems(parts: ProblemParts, declared: Declared, config: NodeConfig): readonly Problem[] {
  if (!parts.facts.enabled(declared.uniqueId)) return [];
  const found = isMicrobatch(config) ? microbatchMistakes(declared.name, config) : [];
  const lacks = found.map(({ key, message }) =>
    invalidConfigValue(configOrigin(parts, declared, key), message, 'ParsingError'),
  );
  const access = config.get('access');
  const isKnown = access === undefined || ACCESS.has(access);
  const isHidden = access === 'public' && config.get('materialized') === 'ephemeral';
  if (isKnown && !isHidden) return lacks;
  const how = isHidden ? " with 'ephemeral' materialization" : '';
  const message = `Node ${declared.uniqueId}${how} has an invalid value (${dataText(access ?? null)}) for the access field`;
  return [...lacks, invalidConfigValue(configOrigin(parts, declared, 'access'), message, 'InvalidAccessTypeError')];
}

const ACCESS: ReadonlySet<Data> = new Set<Data>(['private', 'protected', 'public']);

/** What a snapshot cannot do without. */
function snapshotProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  if (declared.kind !== 'snapshot' || !parts.facts.enabled(declared.uniqueId)) return [];
  const message = snapshotLack(parts.facts.config.get(declared.uniqueId));
  if (message === undefined) return [];
  const { name, declaration } = parts.places.placesOfDeclared(declared);
  return [incompleteSnapshot(name ?? declaration, message)];
}

function snapshotLack(config: NodeConfig): string | undefined {
  const has = (key: string): boolean => ![undefined, null, ''].includes(config.get(key) as string | null | undefined);
  if (!has('strategy') || !has('unique_key')) return "Snapshots must be configured with a 'strategy' and 'unique_key'.";
  if (config.get('strategy') === 'check' && !has('check_cols')) {
    return 'A snapshot configured with the check strategy must specify a check_cols configuration.';
  }
  if (config.get('strategy') === 'timestamp' && !has('updated_at')) {
    return 'A snapshot configured with the timestamp strategy must specify an updated_at configuration.';
  }
  return undefined;
}

/** Keys that dbt keeps without a word, though they are most likely one of its own with a slip of the pen. */
function misspelledConfigs(parts: ProblemParts, declared: Declared): readonly Problem[] {
  if (declared.kind !== 'model' && declared.kind !== 'seed' && declared.kind !== 'snapshot') return [];
  const known = knownConfigKeys(declared.kind);
  const own = [
    ...parts.facts.captured.get(declared.uniqueId).config.keys(),
    ...(parts.facts.patchConfig(declared.uniqueId)?.config.keys() ?? []),
  ];
  return [...new Set(own.map(textOfKey))].flatMap(key => {
    const meant = known.includes(key) ? undefined : nearest(key, known);
    return meant === undefined ? [] : [unknownConfig(configKeyOrigin(parts, declared, key), key, meant)];
  });
}

function configKeyOrigin(parts: ProblemParts, declared: Declared, key: string): Origin {
  const keyword = configKeyword(parts, declared, key);
  if (keyword !== undefined) return { file: declared.file, ...keyword.nameRange };
  return parts.places.placesOfDeclared(declared).keys.get(`config.${key}`) ?? configOrigin(parts, declared, key);
}

/** Where a config of a node is set: in its `config()`, else in its properties, else nowhere better than its start. */
function configOrigin(parts: ProblemParts, declared: Declared, key: string): Origin {
  const keyword = declared.at.kind === 'generic-test' ? undefined : configKeyword(parts, declared, key);
  if (keyword !== undefined) return { file: declared.file, start: keyword.value.start, end: keyword.value.end };
  const places = parts.places.placesOfDeclared(declared);
  const inYaml = places.values.get(`config.${key}`) ?? places.values.get(key);
  if (inYaml !== undefined) return inYaml;
  const { start, end } = places.declaration;
  return { file: declared.file, start, end: Math.min(end, start + 1) };
}

function configKeyword(parts: ProblemParts, { file }: Declared, key: string): Keyword | undefined {
  const configs = callsIn(parts.summaries.jinja.get(file)).filter(({ path }) => path.join('.') === 'config');
  return configs.flatMap(({ named }) => named).findLast(({ name }) => name === key);
}

/** The shortest way from a node back to itself, as dbt writes it; `undefined` when there is none. */
function cycleThrough(parts: ProblemParts, id: UniqueId): readonly UniqueId[] | undefined {
  if (!parts.facts.isNearCycle(id)) return undefined;
  const cameFrom = new Map<UniqueId, UniqueId>();
  const queue: UniqueId[] = [id];
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const parent of parts.facts.dependsOn.get(at).nodes) {
      if (parent === id) return pathTo(at, id, cameFrom);
      if (cameFrom.has(parent)) continue;
      cameFrom.set(parent, at);
      queue.push(parent);
    }
  }
  return undefined;
}

/** From the cycle's start along the arrows of data: each id is a parent of the next one. */
function pathTo(last: UniqueId, start: UniqueId, cameFrom: ReadonlyMap<UniqueId, UniqueId>): readonly UniqueId[] {
  const path = [start];
  for (let at: UniqueId | undefined = last; at !== undefined && at !== start; at = cameFrom.get(at)) {
    path.splice(1, 0, at);
  }
  return [start, ...path.slice(1).toReversed()];
}

/** The ref that closes the cycle: the one of the node's parent on the way. */
function cycleOrigin(parts: ProblemParts, declared: Declared, cycle: readonly UniqueId[]): Origin {
  const onTheWay = new Set(cycle);
  const use = parts.summaries.uses.get(declared.file).find(it => {
    const answer = it.kind === 'ref' ? parts.facts.resolveRef(it, declared.packageName) : undefined;
    return answer?.kind === 'found' && onTheWay.has(answer.uniqueId);
  });
  const { start, end } = use?.range ?? { start: 0, end: 1 };
  return { file: declared.file, start, end };
}
