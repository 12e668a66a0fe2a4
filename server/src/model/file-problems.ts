import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import type { Compiled } from '../dbt/compile/compiled.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import { hasSyntaxErrors } from '../syntax/yaml/tree.ts';
import type { Descriptions } from './descriptions.ts';
import type { Declared } from './file-summary.ts';
import { ONLY, type Inputs } from './inputs.ts';
import { duplicateError } from './dbt-errors.ts';
import { mistakeError, yamlLoadError } from './yaml-errors.ts';
import { docsFileProblems } from './description-problems.ts';
import { blockProblems, macroFileProblems } from './macro-file-problems.ts';
import type { NameTables } from './name-tables.ts';
import type { NodeAssembly } from './node-assembly.ts';
import type { NodeFacts } from './node-facts.ts';
import { compileProblems, nodeProblems } from './node-problems.ts';
import type { PlaceFinder } from './places.ts';
import { duplicateName, mistakeProblem, unusedConfigPath, yamlProblem, type Problem } from './problems.ts';
import { patchedIds, propertiesProblems } from './properties-problems.ts';
import type { Resolution } from './resolution.ts';
import type { SqlModel } from './sql-model.ts';
import { sqlProblems } from './sql-problems.ts';
import { PROJECT_FILE, type Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';
import { unusedPaths } from './unused-paths.ts';
import type { YamlNodes } from './yaml-nodes.ts';
import { useProblems } from './use-problems.ts';

/** What the search for problems draws on. */
export interface ProblemParts {
  readonly inputs: Inputs;
  readonly structure: Structure;
  readonly summaries: Summaries;
  readonly facts: NodeFacts;
  readonly assembly: NodeAssembly;
  readonly descriptions: Descriptions;
  readonly tables: NameTables;
  readonly resolution: Resolution;
  readonly places: PlaceFinder;
  readonly yamlNodes: YamlNodes;
  readonly sql: SqlModel;
  readonly compiled: (uniqueId: UniqueId) => Compiled;
}

/** Everything that is wrong in one file, as far as that file and what it names can tell. */
export class FileProblems {
  /** What reading the project shows: dbt stops at its errors before it runs anything. */
  readonly parseProblems: Query<FileId, readonly Problem[]>;
  /** The same, and what compiling the file's nodes adds. */
  readonly problems: Query<FileId, readonly Problem[]>;
  readonly #parts: ProblemParts;

  constructor(parts: ProblemParts) {
    this.#parts = parts;
    const { db } = parts.inputs;
    this.parseProblems = new Query(db, 'parse-problems', file => this.#find(file), { equals: same });
    this.problems = new Query(db, 'problems', file => this.#withCompiled(file), { equals: same });
  }

  #withCompiled(file: FileId): readonly Problem[] {
    const found = this.parseProblems.get(file);
    if (file !== PROJECT_FILE && this.#parts.structure.isUnreadable()) return found.filter(isOfSyntax);
    const declared = this.#parts.summaries.index.declaredBy(file).filter(it => this.#counts(it));
    const ofTemplates = declared.flatMap(it => compileProblems(this.#parts, it));
    return [...found, ...ofTemplates, ...declared.flatMap(it => sqlProblems(this.#parts, it))];
  }

  patchedBy(file: FileId): readonly UniqueId[] {
    return patchedIds(this.#parts, file).flatMap(({ ids }) => ids);
  }

  #find(file: FileId): readonly Problem[] {
    if (this.#parts.inputs.text.get(file) === undefined) return file === PROJECT_FILE ? this.#mistakes(file) : [];
    const roles = new Set(this.#parts.structure.places.get(file).map(({ role }) => role.role));
    const isYaml = roles.has('properties') || YAML_FILES.has(file) || file.endsWith(`/${PROJECT_FILE}`);
    const found: Problem[] = [];
    if (isYaml) found.push(...this.#yamlProblems(file));
    found.push(...this.#mistakes(file));
    if (roles.has('macro')) found.push(...macroFileProblems(this.#parts, file));
    if (roles.has('docs')) found.push(...blockProblems(this.#parts, file), ...docsFileProblems(this.#parts, file));
    if (roles.has('snapshot')) found.push(...blockProblems(this.#parts, file));
    if (roles.has('properties')) found.push(...propertiesProblems(this.#parts, file));
    if (isProjectFile(file)) found.push(...this.#unusedPaths(file));
    found.push(...useProblems(this.#parts, file).filter(it => !isTold(found, it)));
    for (const declared of this.#parts.summaries.index.declaredBy(file)) {
      found.push(...this.#duplicates(declared));
      if (this.#counts(declared)) found.push(...nodeProblems(this.#parts, declared));
    }
    return found;
  }

  #yamlProblems(file: FileId): readonly Problem[] {
    const { inputs, resolution, structure } = this.#parts;
    const place = { packageName: resolution.packageOf(file), path: structure.places.get(file)[0]?.role.path ?? file };
    const text = inputs.text.get(file) ?? '';
    return structure.yaml.get(file).problems.map(problem => {
      return yamlProblem({ file, ...problem.range }, problem, yamlLoadError(place, text, problem));
    });
  }

  /** Mistakes in a profile are shown where the project names it: the profile itself is often outside of the workspace. */
  #mistakes(file: FileId): readonly Problem[] {
    const { structure, summaries, places } = this.#parts;
    const { mistakes: ofTarget } = structure.target.get(ONLY);
    const { mistakes: ofRoot } = structure.root.get(ONLY);
    const isProperties = structure.places.get(file).some(({ role }) => role.role === 'properties');
    // Of a file that does not parse only a part is known, whose shape says little.
    const isWhole = isProperties && !hasSyntaxErrors(structure.yaml.get(file));
    const ofFile = isWhole ? summaries.properties.get(file).mistakes : [];
    const all = [...ofRoot, ...structure.packages.get(ONLY).mistakes, ...ofTarget, ...ofFile];
    const files = this.#parts.inputs.files.get(ONLY) ?? [];
    return all.flatMap(mistake => {
      const isElsewhere = mistake.file !== file;
      if (isElsewhere && !(file === PROJECT_FILE && !files.includes(mistake.file))) return [];
      const origin = isElsewhere ? this.#profileOrigin() : places.inYaml(file, mistake.path, mistake.on);
      return [mistakeProblem(origin, mistake, mistakeError(mistake, this.#parts.resolution.packageOf(file)))];
    });
  }

  #profileOrigin(): Origin {
    return this.#parts.places.inYaml(PROJECT_FILE, ['profile']);
  }

  /** Whether the declaration is the one that its unique id stands for. */
  #counts(declared: Declared): boolean {
    return this.#parts.facts.declared(declared.uniqueId)?.file === declared.file;
  }

  #duplicates(declared: Declared): readonly Problem[] {
    const all = this.#parts.facts.declarations(declared.uniqueId);
    if (all.length < 2 || !all.includes(declared)) return [];
    const { places } = this.#parts;
    const origin = startOf(places.placesOfDeclared(declared).name, declared, places);
    const other = all.find(it => it !== declared && !same(it, declared)) ?? all.find(it => it !== declared);
    const otherOrigin = other && startOf(places.placesOfDeclared(other).name, other, places);
    return [
      duplicateName(
        origin,
        `${declared.kind} '${declared.name}'`,
        otherOrigin,
        duplicateError(all, this.#testedColumn(declared)),
      ),
    ];
  }

  /** How dbt says where a generic test stands that it found twice. */
  #testedColumn(declared: Declared): string {
    const test = this.#parts.facts.genericTest(declared);
    if (test?.target.kind !== 'node') return '';
    const { section, name } = test.target;
    const column = test.columnName === undefined ? '' : ` defined on column "${test.columnName}"`;
    return `${column} in "${section}.${name}"`;
  }

  #unusedPaths(file: FileId): readonly Problem[] {
    const project = this.#parts.structure.packages.get(ONLY).projects.find(it => it.file === file);
    if (project?.isRoot !== true) return [];
    return unusedPaths(project, this.#parts).map(({ keys, path }) => {
      const origin = this.#parts.places.inYaml(file, keys, 'key');
      return unusedConfigPath(origin, path);
    });
  }
}

/** Whether the same is said already of what holds the place of a problem. */
const isTold = (found: readonly Problem[], { code, origin }: Problem): boolean =>
  found.some(it => it.code === code && it.origin.start <= origin.start && origin.end <= it.origin.end);

const YAML_FILES: ReadonlySet<string> = new Set([
  'dbt_project.yml',
  'packages.yml',
  'dependencies.yml',
  'selectors.yml',
]);
/** What can be told of a file in a project of which nothing else is known. */
const isOfSyntax = ({ code }: Problem): boolean => code === 'yaml-syntax' || code === 'jinja-syntax';
const isProjectFile = (file: FileId): boolean => file === PROJECT_FILE || file.endsWith(`/${PROJECT_FILE}`);

/** A declaration without a written name is shown at the first character of its file. */
function startOf(name: Origin | undefined, declared: Declared, places: PlaceFinder): Origin {
  if (name !== undefined) return name;
  const { start, end, file } = places.placesOfDeclared(declared).declaration;
  return { file, start, end: Math.min(end, start + 1) };
}
