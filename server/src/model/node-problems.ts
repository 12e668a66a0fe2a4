import { invalidConfigs } from '../dbt/config/invalid-config.ts';
import { isMicrobatch, microbatchMistakes } from '../dbt/microbatch/mistakes.ts';
import { snapshotMistake } from '../dbt/config/snapshot-mistake.ts';
import { dataRepr, dataText } from '../dbt/schema/data-repr.ts';
import { nodeConfig } from '../dbt/config/node-config.ts';
import { nearest } from '../base/nearest.ts';
import { knownConfigKeys } from '../dbt/config/known-keys.ts';
import { asString, emptyMap, textOfKey, type Data, type DataMap } from '../dbt/manifest/data.ts';
import { entryConfig } from '../dbt/properties/patch-config.ts';
import type { NodeConfig, UniqueId } from '../dbt/manifest/node.ts';
import type { Origin, RenderProblem } from '../render/rendered.ts';
import type { Keyword } from '../syntax/jinja/nodes.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { callsIn } from '../syntax/jinja/views.ts';
import { compileRenderError, groupError, parseRenderError, syntaxError } from './dbt-errors.ts';
import { lineAt } from './error-text.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { ONLY } from './inputs.ts';
import { isLiteralCall } from './literal-calls.ts';
import {
  incompleteSnapshot,
  invalidConfigValue,
  jinjaSyntax,
  propertyValue,
  refCycle,
  renderError,
  unknownConfig,
  unknownGroup,
  type Problem,
} from './problems.ts';
import { refProblem } from './use-problems.ts';
import { yamlNodeProblems } from './yaml-node-problems.ts';

/** What is wrong with a node as dbt reads it: it does not parse, fails, is configured wrongly, or needs itself. */
export function nodeProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  if (declared.kind === 'seed') return configProblems(parts, declared);
  if (!TEMPLATED.has(declared.kind)) {
    return [...yamlConfigProblems(parts, declared), ...yamlNodeProblems(parts, declared)];
  }
  if (declared.at.kind === 'entry') {
    return [
      ...relationProblems(parts, declared),
      ...yamlConfigProblems(parts, declared),
      ...snapshotProblems(parts, declared),
    ];
  }
  const { problem: parseProblem } = parts.facts.captured.get(declared.uniqueId);
  if (parseProblem !== undefined && !parts.facts.isReadLate(declared)) {
    return [parseTimeProblem(parts, declared, parseProblem)];
  }
  const found = [
    ...configProblems(parts, declared),
    ...snapshotProblems(parts, declared),
    ...hookProblems(parts, declared),
  ];
  if (!parts.facts.enabled(declared.uniqueId)) return found;
  const cycle = cycleThrough(parts, declared.uniqueId);
  return cycle === undefined ? found : [...found, refCycle(cycleOrigin(parts, declared, cycle), cycle)];
}

const TEMPLATED: ReadonlySet<string> = new Set(['model', 'snapshot', 'test', 'analysis', 'operation', 'sql_operation']);

function parseTimeProblem(parts: ProblemParts, declared: Declared, problem: RenderProblem): Problem {
  if (!SYNTAX.has(problem.errorClass)) {
    return renderError(declared.file, shownIn(parts, declared, problem), parseRenderError(declared, problem));
  }
  const { text, start } = templateOf(parts, declared, problem);
  const found = problem.frame === undefined ? parseJinja(text).problems[0]?.at : undefined;
  const dbt = syntaxError(declared, problem, lineAt(text, found ?? problem.range.start - start));
  return jinjaSyntax({ file: problem.file, ...problem.range }, problem.message, dbt);
}

/** The template that a problem lies in, and where in its file it starts: the node's own, or a macro on the way. */
function templateOf(
  parts: ProblemParts,
  declared: Declared,
  { frame }: RenderProblem,
): { readonly text: string; readonly start: number } {
  if (frame === undefined) {
    const start = parts.places.placesOfDeclared(declared).template?.start ?? 0;
    return { text: parts.facts.rawCode.get(declared.uniqueId), start };
  }
  const { file, start, end } = frame.definition;
  return { text: (parts.inputs.text.get(file) ?? '').slice(start, end), start };
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
  if (isUnreadable && !parts.facts.isReadLate(declared)) return [];
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
    inFile: facts.genericTest(declared)?.config ?? capturedConfig(parts, declared),
  });
  const inFile = capturedConfig(parts, declared);
  const found: Problem[] = [];
  for (const { key, message, errorClass } of invalidConfigs(declared.kind, config)) {
    // What a `config()` adds is refused by another part of dbt, with an exception of its own.
    const isAdded = errorClass === 'ValidationError' && inFile.has(key) && declared.at.kind !== 'generic-test';
    const [told, thrown] = isAdded ? [`at path []: ${message}`, 'ConfigUpdateError' as const] : [message, errorClass];
    found.push(invalidConfigValue(configOrigin(parts, declared, key), told, thrown));
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

/** What a node's own text configures; a seed has none but rows. */
const capturedConfig = ({ facts }: ProblemParts, { kind, uniqueId }: Declared): DataMap =>
  kind === 'seed' ? emptyMap : facts.captured.get(uniqueId).config;

/** Configurations that dbt cannot use, of what lives in YAML alone. */
function yamlConfigProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  if (declared.kind === 'source') {
    return invalidConfigs('source', parts.facts.config.get(declared.uniqueId)).map(({ key, message, errorClass }) =>
      invalidConfigValue(configOrigin(parts, declared, key), message, errorClass),
    );
  }
  const entry = parts.facts.entryOf(declared);
  if (entry === undefined || !CONFIGURED.has(declared.kind)) return [];
  const config = nodeConfig({
    type: declared.kind,
    fqn: parts.facts.fqn(declared),
    project: parts.facts.projectOf(declared),
    root: parts.structure.rootProject(),
    properties: entryConfig(declared, entry.data),
  });
  return invalidConfigs(declared.kind, config).map(({ key, message, errorClass }) =>
    invalidConfigValue(configOrigin(parts, declared, key), message, errorClass),
  );
}

const CONFIGURED: ReadonlySet<string> = new Set(['unit_test', 'exposure', 'snapshot']);

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
  if (!isHidden && capturedConfig(parts, declared).has('access')) {
    const message = `Field "access" of type AccessType in ModelConfig has invalid value ${dataRepr(access ?? null)}`;
    return [...lacks, invalidConfigValue(configOrigin(parts, declared, 'access'), message, 'InvalidFieldValue')];
  }
  const message = `Node ${declared.uniqueId}${how} has an invalid value (${dataText(access ?? null)}) for the access field`;
  return [...lacks, invalidConfigValue(configOrigin(parts, declared, 'access'), message, 'InvalidAccessTypeError')];
}

const ACCESS: ReadonlySet<Data> = new Set<Data>(['private', 'protected', 'public']);

/** What hooks use that means nothing, or nothing allowed. Those of properties files are found where they are written. */
function hookProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const { facts } = parts;
  if (declared.kind === 'operation') return operationProblems(parts, declared);
  const isBuilt = declared.kind === 'model' || declared.kind === 'snapshot';
  if (!isBuilt || !facts.enabled(declared.uniqueId)) return [];
  const written = facts.patchConfig(declared.uniqueId)?.config ?? new Map();
  if (HOOKS.some(key => written.has(key) || written.has(key.replace('-', '_')))) return [];
  const origin = () => configOrigin(parts, declared, 'post_hook');
  return (facts.hookCaptured.get(declared.uniqueId)?.refs ?? []).flatMap(
    ref => refProblem(parts, declared, ref, origin()) ?? [],
  );
}

/** A hook of the project may use as little as any node without a group. */
function operationProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const { name, declaration } = parts.places.placesOfDeclared(declared);
  const { refs } = parts.facts.captured.get(declared.uniqueId);
  const found = refs.flatMap(ref => refProblem(parts, declared, ref, name ?? declaration) ?? []);
  return found.filter(({ code }) => code === 'forbidden-ref');
}

const HOOKS: readonly string[] = ['pre-hook', 'post-hook'];

/** A snapshot of YAML is made of one `ref` or `source`, and nothing else. */
function relationProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const entry = parts.facts.entryOf(declared);
  if (entry === undefined) return [];
  const relation = asString(entry.data.get('relation')) ?? '';
  if (isLiteralCall(relation)) return [];
  const origin = parts.places.inYaml(declared.file, [...entry.path, 'relation']);
  const message = `Invalid jinja expression: ${relation}`;
  return [propertyValue(origin, message, { class: 'ParsingError', message: `Parsing Error\n  ${message}` })];
}

/** What a snapshot cannot do without. */
function snapshotProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  if (declared.kind !== 'snapshot' || !parts.facts.enabled(declared.uniqueId)) return [];
  const message = snapshotMistake(parts.facts.config.get(declared.uniqueId));
  if (message === undefined) return [];
  const { name, declaration } = parts.places.placesOfDeclared(declared);
  return [incompleteSnapshot(name ?? declaration, message)];
}

/** Keys that dbt keeps without a word, though they are most likely one of its own with a slip of the pen. */
function misspelledConfigs(parts: ProblemParts, declared: Declared): readonly Problem[] {
  if (declared.kind !== 'model' && declared.kind !== 'seed' && declared.kind !== 'snapshot') return [];
  const known = knownConfigKeys(declared.kind);
  const own = [
    ...capturedConfig(parts, declared).keys(),
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
