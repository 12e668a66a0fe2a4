import type { CallSite, Frame, Origin } from '../../render/rendered.ts';
import type { Value } from '../../render/value.ts';
import type { Compiled } from '../compile/compiled.ts';
import type { ManifestView, NodeView } from '../compile/manifest-view.ts';
import type { DataMap } from '../manifest/data.ts';
import type { RefCall, SourceCall, UniqueId } from '../manifest/node.ts';
import type { BatchPart } from '../microbatch/batch-part.ts';
import type { WarehouseAccess } from '../warehouse-access.ts';
import { KnownRelations } from './known-relations.ts';
import { macroIndex, type MacroIndex } from './macro-index.ts';
import type { SentStatement } from './sent-statements.ts';

/** `parse`: names are captured and nothing is looked up. `compile`, `run`: `execute` is true. */
export type Phase = 'parse' | 'compile' | 'run';

/** A `ref`, `source`, `config` … that a template called, and where. */
export interface Captured<T> {
  readonly call: T;
  readonly site: CallSite;
}

/** One thing a template said to the person who runs it. */
export interface LogEntry {
  readonly level: 'debug' | 'info' | 'warn' | 'print';
  readonly message: string;
}

/** A statement that the warehouse refused. */
export interface Refusal {
  readonly message: string;
  /** The call that sent it, if the refusal came to light later than that. */
  readonly site: CallSite | undefined;
  /** Where the faulty part of the statement came from, where it came from a template. */
  readonly origin: Origin | undefined;
  readonly frame: Frame | undefined;
}

/** What one rendering of one node knows and collects. A run of a node is one session with several renders. */
export class RenderSession {
  readonly view: ManifestView;
  readonly node: NodeView;
  readonly phase: Phase;
  /** Without it the answers are those of an empty warehouse. */
  readonly access: WarehouseAccess | undefined;
  readonly refs: Captured<RefCall>[] = [];
  readonly sources: Captured<SourceCall>[] = [];
  readonly configCalls: Captured<ReadonlyMap<string, Value>>[] = [];
  readonly macros = new Set<UniqueId>();
  /** Ids of the nodes and sources that `refs` and `sources` mean; at parse nothing is resolved. */
  readonly nodes = new Set<UniqueId>();
  /** Ephemeral models whose query this text needs, by their ids: two may go by one name. */
  readonly ephemerals = new Map<UniqueId, NodeView>();
  /** In a unit test: what stands for the nodes and sources that rows are given for, by their ids. */
  readonly mocks = new Map<UniqueId, NodeView>();
  /** The queries of a unit test's given rows, by the ids of the nodes they stand for. */
  readonly fixtures = new Map<UniqueId, Compiled>();
  /** Macros, settings and variables that a unit test puts in place of the real ones. */
  readonly macroOverrides = new Map<string, Value>();
  readonly configOverrides = new Map<string, Value>();
  vars: DataMap;
  environment: Readonly<Record<string, string>>;
  /** The names that `var` and `env_var` were asked for. */
  readonly varsRead = new Set<string>();
  readonly environmentRead = new Set<string>();
  /** What `load_result` finds. */
  readonly results = new Map<string, Value>();
  readonly log: LogEntry[] = [];
  /** Relations of the schemas asked for so far; a run hands one on from node to node. */
  relations = new KnownRelations();
  /** The last statement that the warehouse refused. */
  refusal: Refusal | undefined;
  /** The part of a microbatch model that is built: what its inputs are filtered by, and `model.batch`. */
  batch: BatchPart | undefined;
  /** What `write` kept: the SQL that builds the node, as `target/run` shows it. */
  written: string | undefined;
  /** Whether any transaction was opened or ended so far. */
  hasBegun = false;
  /** Whether a transaction is open on the session. */
  transactionOpen = false;
  /** The statements that were sent and not waited for, in order. */
  readonly sent: SentStatement[] = [];
  /** How many macros are at work. */
  macroDepth = 0;
  /** Whether something only the warehouse knows was answered as an empty one would. */
  guessed = false;
  /** Whether the template asked which command is at work. */
  asksCommand = false;
  /** Values that the context holds beyond the usual ones: `sql`, `results`, `_dbt_generic_test_kwargs`. */
  readonly extras = new Map<string, Value>();

  #macroIndex: MacroIndex | undefined;

  constructor(view: ManifestView, node: NodeView, phase: Phase, access?: WarehouseAccess) {
    this.view = view;
    this.node = node;
    this.phase = phase;
    this.access = access;
    this.vars = view.varsOf(node.packageName);
    this.environment = view.facts.environment;
  }

  /** The macros that templates can reach. A session lives within one state of the project, so it asks once. */
  get macroIndex(): MacroIndex {
    this.#macroIndex ??= macroIndex(this.view);
    return this.#macroIndex;
  }

  get executing(): boolean {
    return this.phase !== 'parse';
  }

  say(level: LogEntry['level'], message: string): void {
    this.log.push({ level, message });
  }
}
