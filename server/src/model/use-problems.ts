import type { Offset } from '../base/text-range.ts';
import { nearest } from '../base/nearest.ts';
import { notFoundMessage } from '../dbt/manifest/resolve.ts';
import type { RefCall, UniqueId } from '../dbt/manifest/node.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import type { Use } from './db.ts';
import { ambiguousRefError, forbiddenRefError, targetNotFound } from './dbt-errors.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { ONLY } from './inputs.ts';
import {
  ambiguousRef,
  disabledModel,
  disabledSource,
  forbiddenRef,
  unknownModel,
  unknownSource,
  unknownVersion,
  type Problem,
} from './problems.ts';
import { forbiddenAccess } from './access.ts';

type RefUse = Extract<Use, { kind: 'ref' }>;
type SourceUse = Extract<Use, { kind: 'source' }>;

/** The literal refs and sources of a file that mean nothing, or nothing allowed. */
export function useProblems(parts: ProblemParts, file: FileId): readonly Problem[] {
  const owners = new Owners(parts, file);
  return parts.summaries.uses.get(file).flatMap(use => {
    if (use.kind !== 'ref' && use.kind !== 'source') return [];
    const owner = owners.ownerAt(use.range.start);
    const found =
      use.kind === 'ref'
        ? refProblem(parts, owner, use, { file, ...use.range })
        : sourceProblem(parts, file, owner, use);
    return found === undefined ? [] : softened(parts, owner, use, found);
  });
}

/** Finds who holds a use: the node of the file, or of a file with several nodes the innermost around the use. */
class Owners {
  readonly #parts: ProblemParts;
  readonly #file: FileId;
  readonly #declared: readonly Declared[];
  #ranges: readonly { readonly declared: Declared; readonly origin: Origin }[] | undefined;

  constructor(parts: ProblemParts, file: FileId) {
    this.#parts = parts;
    this.#file = file;
    this.#declared = parts.summaries.index.declaredBy(file);
  }

  ownerAt(at: Offset): Declared {
    const [first] = this.#declared;
    if (first?.at.kind === 'file') return first;
    const around = this.#places().filter(({ origin }) => origin.start <= at && at < origin.end);
    const innermost = around.toSorted((a, b) => a.origin.end - a.origin.start - (b.origin.end - b.origin.start))[0];
    return innermost?.declared ?? this.#standIn();
  }

  #places() {
    this.#ranges ??= this.#declared.map(declared => {
      return { declared, origin: this.#parts.places.placesOfDeclared(declared).declaration };
    });
    return this.#ranges;
  }

  /** Uses outside of every declaration, in the properties of a resource declared elsewhere. */
  #standIn(): Declared {
    const file = this.#file;
    const packageName = this.#parts.resolution.packageOf(file);
    const identity = { name: file, uniqueId: file, packageName, file, path: file, originalPath: file };
    return { kind: 'macro', ...identity, at: { kind: 'file' } };
  }
}

/**
 * A use that the parse render did not reach stops nothing in dbt: a branch for another target, a macro nobody calls, a
 * model that is switched off, a test. It is worth a warning, unless all it says is that one switch turns off both.
 */
function softened(parts: ProblemParts, owner: Declared, use: RefUse | SourceUse, problem: Problem): readonly Problem[] {
  if (problem.code === 'forbidden-ref' && owner.kind === 'test') return [problem];
  const isOff = problem.code === 'disabled-model' || problem.code === 'disabled-source';
  const unreached = isOff ? [] : [asWarning(problem)];
  if (owner.kind === 'macro' || !parts.facts.enabled(owner.uniqueId)) return unreached;
  // dbt switches a test off whose target is missing, with a warning; a unit test fails when it is run.
  if (FORGIVEN.has(owner.kind)) return [asWarning(problem)];
  if (!RENDERED.has(owner.kind) || owner.at.kind === 'entry') return [problem];
  const { refs, sources, problem: unread } = parts.facts.captured.get(owner.uniqueId);
  const reached =
    use.kind === 'ref'
      ? refs.some(ref => ref.name === use.name)
      : sources.some(source => source.source === use.source && source.table === use.table);
  return reached || unread !== undefined ? [problem] : unreached;
}

const FORGIVEN: ReadonlySet<string> = new Set(['test', 'unit_test']);

function asWarning({ dbt: _unraised, ...problem }: Problem): Problem {
  return { ...problem, severity: 'warning' };
}

const RENDERED: ReadonlySet<string> = new Set(['model', 'snapshot', 'analysis', 'sql_operation']);

/** What is wrong with a node's `ref`, told at a place; `undefined` when it means something that the node may use. */
export function refProblem(parts: ProblemParts, owner: Declared, use: RefCall, origin: Origin): Problem | undefined {
  const { facts } = parts;
  const answer = facts.resolveRef(use, owner.packageName);
  const from = { uniqueId: owner.uniqueId, resourceType: owner.kind, originalPath: owner.originalPath };
  const dbt = targetNotFound(notFoundMessage(from, { kind: 'ref', ref: use }, answer.kind === 'disabled'));
  switch (answer.kind) {
    case 'found':
      return forbidden(parts, origin, owner, answer.uniqueId);
    case 'disabled':
      return disabledModel(origin, use.name, declarationOrigin(parts, answer.uniqueId), dbt);
    case 'ambiguous': {
      const packages = answer.uniqueIds.map(id => id.split('.')[1] ?? '');
      return ambiguousRef(
        origin,
        use.name,
        packages,
        ambiguousRefError(owner, ambiguousMessage(use.name, answer.uniqueIds)),
      );
    }
    case 'missing':
      return missingRef(parts, origin, use, dbt);
  }
}

function missingRef(parts: ProblemParts, origin: Origin, use: RefCall, dbt: NonNullable<Problem['dbt']>): Problem {
  const { models, seeds, snapshots } = parts.tables.names.get(ONLY);
  const isKnown = [models, seeds, snapshots].some(table => table.has(use.name));
  if (isKnown && use.version !== undefined) return unknownVersion(origin, use.name, String(use.version), dbt);
  const names = [...models.keys(), ...seeds.keys(), ...snapshots.keys()];
  return unknownModel(origin, use.name, nearest(use.name, names), dbt);
}

/** dbt's message for a `ref` that several packages could mean. */
export function ambiguousMessage(name: string, ids: readonly UniqueId[]): string {
  const found = ids.map(id => `'${id}'`).join(', ');
  const packages = ids.map(id => `'${id.split('.')[1] ?? ''}'`).join(' or ');
  return `When referencing '${name}', dbt found nodes in multiple packages: ${found}\nTo fix this, use two-argument 'ref', with the package name first: ${packages}`;
}

function forbidden(parts: ProblemParts, origin: Origin, owner: Declared, target: UniqueId): Problem | undefined {
  const message = forbiddenAccess(parts.facts, parts.structure, owner, target);
  return message === undefined ? undefined : forbiddenRef(origin, message, forbiddenRefError(message));
}

function sourceProblem(parts: ProblemParts, file: FileId, owner: Declared, use: SourceUse): Problem | undefined {
  const answer = parts.facts.resolveSource(use);
  if (answer?.enabled === true) return undefined;
  const name = `${use.source}.${use.table}`;
  const from = { uniqueId: owner.uniqueId, resourceType: owner.kind, originalPath: owner.originalPath };
  const dbt = targetNotFound(notFoundMessage(from, { kind: 'source', name }, answer !== undefined));
  const names = [...parts.tables.names.get(ONLY).sources.keys()];
  const isSourceKnown = names.some(it => it.startsWith(`${use.source}.`));
  const origin: Origin = { file, ...(isSourceKnown ? use.tableRange : use.range) };
  return answer === undefined
    ? unknownSource(origin, name, nearest(name, names), dbt)
    : disabledSource(origin, name, dbt);
}

/** Where a resource is declared. */
export function declarationOrigin(parts: Pick<ProblemParts, 'facts' | 'places'>, id: UniqueId): Origin | undefined {
  const declared = parts.facts.declared(id);
  return declared && parts.places.placesOfDeclared(declared).declaration;
}
