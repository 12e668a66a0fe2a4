import { bug } from '../../base/bug.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { toJson } from '../manifest/data.ts';
import { nodeData } from '../manifest/node-data.ts';
import type { NodeExtras } from '../manifest/node-extras.ts';
import type { Manifest, UniqueId } from '../manifest/node.ts';
import type { Selectable } from '../selection/candidates.ts';
import { runtimeRefusal, type Refusal } from '../selection/refusal.ts';
import { sameBody, sameConfig, sameContents, samePersistedDescription, samePlace, type Comparison } from './compare.ts';
import { contractChange, removedContract } from './contract-change.ts';
import { objectOf, textOf, type JsonObject, type PreviousManifest } from './previous-state.ts';

/** What nodes are compared in. */
export interface StateContext {
  readonly manifest: Manifest;
  readonly extras: NodeExtras;
  readonly adapterType: string;
  readonly previous: PreviousManifest;
}

/** The nodes that `state:<value>` means; or dbt's message about a value it does not know, or about a broken contract. */
export function nodesInState(
  value: string,
  nodes: Iterable<Selectable>,
  context: StateContext,
): Result<ReadonlySet<UniqueId>, Refusal> {
  const checks = new StateChecks(context);
  const found = new Set<UniqueId>();
  for (const node of nodes) if (checks.holds(value, node)) found.add(node.uniqueId);
  if (value === 'modified' || value === 'unmodified' || value === 'modified.contract') checks.checkRemoved();
  return checks.refusal === undefined ? ok(found) : err(checks.refusal);
}

const VALUES =
  'new old modified unmodified modified.body modified.configs modified.persisted_descriptions modified.relation modified.macros modified.contract'.split(
    ' ',
  );

/** The kinds of nodes that a way of comparing applies to. */
const BUILT: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'test', 'analysis', 'sql_operation']);
const CONFIGURED: ReadonlySet<string> = new Set([
  ...BUILT,
  'source',
  'exposure',
  'metric',
  'semantic_model',
  'saved_query',
]);

const COMPARISONS: ReadonlyMap<string, { readonly kinds: ReadonlySet<string>; readonly same: Comparison }> = new Map([
  ['modified.body', { kinds: BUILT, same: sameBody }],
  ['modified.configs', { kinds: CONFIGURED, same: sameConfig }],
  ['modified.persisted_descriptions', { kinds: BUILT, same: samePersistedDescription }],
  ['modified.relation', { kinds: new Set([...BUILT, 'source']), same: samePlace }],
]);

/** Lives for one selection; keeps what was found out about macros. */
class StateChecks {
  refusal: Refusal | undefined;
  readonly #context: StateContext;
  readonly #macroChanged = new Map<UniqueId, boolean>();

  constructor(context: StateContext) {
    this.#context = context;
  }

  holds(value: string, node: Selectable): boolean {
    const before = this.#context.previous.nodes.get(node.uniqueId);
    switch (value) {
      case 'new':
        return before === undefined;
      case 'old':
        return before !== undefined;
      case 'modified':
        return this.#isModified(node, before);
      case 'unmodified':
        return !this.#isModified(node, before);
      case 'modified.macros':
        return this.#usesChangedMacro(node);
      case 'modified.contract':
        if (!BUILT.has(node.resourceType)) return false;
        return before === undefined || this.#breaksContract(node, before);
      default:
        return this.#differs(value, node, before);
    }
  }

  #differs(value: string, node: Selectable, before: JsonObject | undefined): boolean {
    const comparison = COMPARISONS.get(value);
    if (comparison === undefined) {
      const known = VALUES.map(it => `'${it}'`).join(', ');
      this.refusal ??= runtimeRefusal(`Got an invalid selector "${value}", expected one of "[${known}]"`);
      return false;
    }
    if (!comparison.kinds.has(node.resourceType)) return false;
    return before === undefined || !comparison.same(this.#json(node), before);
  }

  #isModified(node: Selectable, before: JsonObject | undefined): boolean {
    if (this.#usesChangedMacro(node)) return true;
    // A source, an exposure and their like that are new are no change of what was there.
    if (before === undefined) return BUILT.has(node.resourceType) || node.resourceType === 'unit_test';
    return !sameContents(this.#json(node), before) || this.#breaksContract(node, before);
  }

  /** Whether the contract is another one; breaking that of a version is refused, others may rely on it. */
  #breaksContract(node: Selectable, before: JsonObject): boolean {
    if (node.resourceType !== 'model') return false;
    const change = contractChange(this.#json(node), before, this.#context.adapterType);
    if (change.kind === 'broken' && node.version !== undefined) this.#refuse(node, change.reasons);
    return change.kind !== 'same';
  }

  /** Versions with contracts that are gone. */
  checkRemoved(): void {
    const { manifest, previous } = this.#context;
    for (const [id, before] of previous.nodes) {
      const isVersion = before['resource_type'] === 'model' && (before['version'] ?? null) !== null;
      if (!isVersion || manifest.nodes.has(id)) continue;
      const reason = removedContract(before, manifest.disabled.has(id));
      const originalPath = textOf(before['original_file_path']) ?? '';
      if (reason !== undefined) this.#refuse({ uniqueId: id, originalPath }, [reason]);
    }
  }

  #refuse(node: { readonly uniqueId: UniqueId; readonly originalPath: string }, reasons: readonly string[]): void {
    const [, , name = '', version] = node.uniqueId.split('.');
    const shown = version === undefined ? name : `${name}.${version}`;
    const message = `${BREAKING}\n  - ${reasons.join('\n  - ')}\n${ADVICE}`;
    const title = `Breaking change to contract Error in model ${shown} (${node.originalPath})`;
    this.refusal ??= {
      message,
      dbt: { class: 'ContractBreakingChangeError', message: `${title}\n  ${message.replaceAll('\n', '\n  ')}` },
    };
  }

  #usesChangedMacro(node: Selectable): boolean {
    if (!('dependsOn' in node)) return false;
    return node.dependsOn.macros.some(id => this.#isChanged(id));
  }

  /** Whether a macro of the project, or one below it, is new or has another text. Built-in ones are not the project's. */
  #isChanged(id: UniqueId): boolean {
    const known = this.#macroChanged.get(id);
    if (known !== undefined) return known;
    const { manifest, extras, previous } = this.#context;
    this.#macroChanged.set(id, false);
    const macro = manifest.macros.get(id);
    if (macro === undefined) return false;
    const { text, dependsOn } = extras.macro(macro);
    const isChanged = previous.macroTexts.get(id) !== text || dependsOn.some(it => this.#isChanged(it));
    this.#macroChanged.set(id, isChanged);
    return isChanged;
  }

  #json(node: Selectable): JsonObject {
    return objectOf(toJson(nodeData(node, this.#context.extras))) ?? bug('a node that is no object', {});
  }
}

const BREAKING = 'While comparing to previous project state, dbt detected a breaking change to an enforced contract.';
const ADVICE =
  'Consider making an additive (non-breaking) change instead, if possible.\n' +
  'Otherwise, create a new model version: https://docs.getdbt.com/docs/collaborate/govern/model-versions';
