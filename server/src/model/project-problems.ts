import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import { relationName } from '../dbt/manifest/relation.ts';
import type { Origin } from '../render/rendered.ts';
import { ambiguousAlias, namingError, spacedNamesError } from './dbt-errors.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { ONLY } from './inputs.ts';
import { duplicateRelation, nameWithSpaces, renderError, type Problem } from './problems.ts';

/** Problems that only the whole project shows: nodes that are built into one relation, or that cannot be named. */
export class ProjectProblems {
  readonly problems: Query<typeof ONLY, readonly Problem[]>;
  readonly #parts: ProblemParts;

  constructor(parts: ProblemParts) {
    this.#parts = parts;
    this.problems = new Query(parts.inputs.db, 'project-problems', () => this.#find(), { equals: same });
  }

  #find(): readonly Problem[] {
    const { facts, inputs, structure } = this.#parts;
    const byRelation = new Map<string, Declared[]>();
    for (const id of inputs.ids.get(ONLY) ?? []) {
      const declared = facts.declared(id);
      if (declared === undefined || !BUILT.has(declared.kind) || !facts.enabled(id)) continue;
      const parts = facts.relation.get(id);
      // dbt counts ephemeral models, which are built nowhere, by the name that they would have.
      const relation = parts && relationName(structure.adapterType(), parts);
      if (relation !== undefined) byRelation.set(relation, [...(byRelation.get(relation) ?? []), declared]);
    }
    const doubled = [...byRelation].flatMap(([relation, nodes]) => this.#problemsOf(relation, inReadingOrder(nodes)));
    return [...doubled, ...this.#namesWithSpaces(), ...this.#unnamed()];
  }

  /** What goes wrong in the macros that name nodes, each thing once: mostly it is the same for all nodes. */
  #unnamed(): readonly Problem[] {
    const { facts, inputs } = this.#parts;
    const found = new Map<string, Problem>();
    for (const id of inputs.ids.get(ONLY) ?? []) {
      const declared = facts.declared(id);
      if (declared === undefined || !BUILT.has(declared.kind) || !facts.enabled(id)) continue;
      const { problem } = facts.names.get(id);
      if (problem === undefined) continue;
      const origin =
        problem.frame === undefined
          ? this.#macroPlace(problem.message, declared)
          : { file: problem.file, ...problem.range };
      const key = `${origin.file} ${origin.start} ${problem.message}`;
      found.set(
        key,
        found.get(key) ?? renderError(origin.file, { ...problem, ...placed(origin) }, namingError(problem)),
      );
    }
    return [...found.values()];
  }

  /** A macro that cannot be called with what dbt gives it is shown where it is declared. */
  #macroPlace(message: string, node: Declared): Origin {
    const { inputs, places } = this.#parts;
    const name = /generate_(?:schema|alias|database)_name/.exec(message)?.[0] ?? '';
    const declared = (inputs.declared.get(`macro:${name}`) ?? []).at(-1) ?? node;
    const { name: named, declaration } = places.placesOfDeclared(declared);
    return named ?? { ...declaration, end: declaration.start + 1 };
  }

  /** dbt refuses blanks in the names of what it keeps among its nodes, unless a flag of the project lets them pass. */
  #namesWithSpaces(): readonly Problem[] {
    const { facts, inputs, places, structure } = this.#parts;
    if (structure.rootProject().flags.get('require_resource_names_without_spaces') === false) return [];
    const found = (inputs.ids.get(ONLY) ?? []).flatMap(id => {
      const declared = facts.declared(id);
      const isNode = declared !== undefined && NODES.has(declared.kind) && declared.name.includes(' ');
      return isNode && facts.enabled(id) ? [declared] : [];
    });
    const dbt = spacedNamesError(found);
    return found.map(declared => {
      const { name, declaration } = places.placesOfDeclared(declared);
      return nameWithSpaces(name ?? { ...declaration, end: declaration.start + 1 }, declared.name, dbt);
    });
  }

  #problemsOf(relation: string, nodes: readonly Declared[]): readonly Problem[] {
    const [first, second] = nodes;
    if (first === undefined || second === undefined) return [];
    const places = nodes.map(node => {
      const { name, declaration } = this.#parts.places.placesOfDeclared(node);
      return name ?? { ...declaration, end: Math.min(declaration.end, declaration.start + 1) };
    });
    const dbt = ambiguousAlias(relation, [first, second]);
    return places.map((origin, at) => duplicateRelation(origin, relation, places[at === 0 ? 1 : 0], dbt));
  }
}

const placed = ({ file, start, end }: Origin) => ({ file, range: { start, end } });

/** dbt reads all models, then snapshots, then seeds. */
const inReadingOrder = (nodes: readonly Declared[]): readonly Declared[] =>
  READ_IN_ORDER.flatMap(kind => nodes.filter(it => it.kind === kind));

const READ_IN_ORDER: readonly string[] = ['model', 'snapshot', 'seed'];
const NODES: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'test', 'analysis']);
const BUILT: ReadonlySet<string> = new Set(READ_IN_ORDER);
