import type { TextRange } from '../base/text-range.ts';
import { PythonError } from './python/error.ts';
import { FuelError, LARGEST_TEXT, MOST_ITEMS, type Meter } from './python/meter.ts';
import type { FileId, Frame, Origin } from './rendered.ts';
import type { Sink } from './sink.ts';
import type { UndefinedFlavour, Value } from './value.ts';

/** Where the names come from that a template does not define itself. */
export interface RenderContext {
  /** The value of a name, or `undefined` when the name is unknown. */
  readonly lookup: (name: string) => Value | undefined;
}

/** How much a rendering may do before it ends as a problem. */
export interface Fuel {
  /** Statements, calls and loop rounds. */
  readonly steps: number;
  /** Macros inside macros. */
  readonly depth: number;
  /** Characters of output, captured output included. */
  readonly output: number;
  /** Characters of one text. */
  readonly text: number;
  /** Items of one list. */
  readonly items: number;
}

/** For an editor: plenty for real models, and over within a fifth of a second for one that would not end. */
export const DEFAULT_FUEL: Fuel = { steps: 250_000, depth: 200, output: 5_000_000, text: 1_000_000, items: 250_000 };

/** For a command or a run, which a user can stop: dbt has no limit, so this is one that only endless templates reach. */
export const AMPLE_FUEL: Fuel = {
  steps: 500_000_000,
  depth: 200,
  output: 500_000_000,
  text: LARGEST_TEXT,
  items: MOST_ITEMS,
};

/** A place of a template as the evaluator needs it: made once, when the template is compiled. */
export interface Site {
  readonly file: FileId;
  readonly range: TextRange;
  /** The line that Python would report, from 1. */
  readonly line: number;
}

/** The state of one rendering, shared by the template and all macros it calls. */
export class Engine implements Meter {
  /** Where output goes at the moment. */
  sink: Sink;
  /** The place of the operation at hand: where an error belongs that it raises. */
  site: Site;
  /** The macro at work, and its callers. */
  frame: Frame | undefined = undefined;
  readonly largestText: number;
  readonly mostItems: number;
  private readonly fuel: Fuel;
  private steps = 0;
  private depth = 0;
  private output = 0;
  private blamed: { readonly error: unknown; readonly line: number } | undefined = undefined;

  constructor(fuel: Fuel, sink: Sink, site: Site) {
    this.fuel = fuel;
    this.largestText = fuel.text;
    this.mostItems = fuel.items;
    this.sink = sink;
    this.site = site;
  }

  /** Counts one unit of work. */
  step(): void {
    if (++this.steps > this.fuel.steps) this.stop();
  }

  spend(units: number): void {
    this.steps += units;
    if (this.steps > this.fuel.steps) this.stop();
  }

  /** What has been counted so far. */
  get spent(): number {
    return this.steps;
  }

  private stop(): never {
    throw new FuelError(`rendering was stopped after ${this.fuel.steps} steps`);
  }

  /** Counts characters of output. */
  write(length: number): void {
    this.output += length;
    if (this.output > this.fuel.output) {
      throw new FuelError(`rendering was stopped after ${this.fuel.output} characters of output`);
    }
  }

  /** Goes into a macro; `leave` goes out of it. */
  enter(): void {
    this.spend(4);
    if (++this.depth > this.fuel.depth) {
      this.depth = 0;
      throw new PythonError('RecursionError', 'maximum recursion depth exceeded');
    }
  }

  leave(): void {
    this.depth--;
  }

  /** dbt turns some errors of the macros it calls into errors of its own, which Python reports for the line of the call. */
  blameCall(error: unknown, site: Site): void {
    if (this.blamed?.error !== error) this.blamed = { error, line: site.line };
  }

  /** The line that Python reports for an error that ended the rendering. */
  lineOf(error: unknown): number {
    const { blamed } = this;
    return blamed !== undefined && blamed.error === error ? blamed.line : this.site.line;
  }

  /** What a place that may be left by an exception has to put back. */
  save(): SavedEngine {
    const { sink, frame, depth } = this;
    return { sink, frame, depth };
  }

  restore(saved: SavedEngine): void {
    this.sink = saved.sink;
    this.frame = saved.frame;
    this.depth = saved.depth;
  }
}

/** The part of the engine that follows the nesting of macros. */
export interface SavedEngine {
  readonly sink: Sink;
  readonly frame: Frame | undefined;
  readonly depth: number;
}

/** The frame of a macro that is called from `site`. */
export function macroFrame(macro: string, definition: Origin, site: Site, caller: Frame | undefined): Frame {
  return { macro, definition, callSite: { file: site.file, range: site.range, frame: caller } };
}

/** The code of a template's blocks. */
export type Blocks = ReadonlyMap<string, (context: TemplateContext) => void>;

/** What a template brings with it, whatever it is rendered in. */
export interface TemplateSettings {
  readonly globals: ReadonlyMap<string, Value>;
  readonly blocks: Blocks;
  readonly flavour: UndefinedFlavour;
}

/** What one template's code shares while it runs: the names it exported and where others come from. */
export class TemplateContext {
  readonly engine: Engine;
  readonly host: RenderContext;
  readonly globals: ReadonlyMap<string, Value>;
  /** What the template set at its top level. */
  readonly vars = new Map<string, Value>();
  /** The template's blocks by name. */
  readonly blocks: Blocks;
  /** Whether `{% autoescape %}` is on. */
  autoescape = false;

  /** How names without a value behave. */
  readonly flavour: UndefinedFlavour;

  constructor(engine: Engine, host: RenderContext, { globals, blocks, flavour }: TemplateSettings) {
    this.engine = engine;
    this.host = host;
    this.globals = globals;
    this.blocks = blocks;
    this.flavour = flavour;
  }

  resolve(name: string): Value | undefined {
    // `None` is null, so only `undefined` is a missing value.
    let value = this.vars.get(name);
    if (value === undefined) value = this.host.lookup(name);
    return value === undefined ? this.globals.get(name) : value;
  }
}

/** The variables of one running function of a template (the template itself, a macro, a block); `undefined` is missing. */
export class Environment {
  readonly slots: (Value | undefined)[];
  readonly parent: Environment | undefined;
  readonly context: TemplateContext;
  readonly engine: Engine;
  /** What the last captured body wrote. */
  captured: Sink | undefined = undefined;

  constructor(size: number, parent: Environment | undefined, context: TemplateContext) {
    this.slots = emptySlots(size);
    this.parent = parent;
    this.context = context;
    this.engine = context.engine;
  }

  /** The environment `depth` functions further out. */
  outer(depth: number): Environment {
    return depth === 0 || this.parent === undefined ? this : this.parent.outer(depth - 1);
  }
}

/** Pushed one by one, which for the few that a macro has is several times as fast as `Array.from`. */
function emptySlots(size: number): (Value | undefined)[] {
  const slots: (Value | undefined)[] = [];
  for (let at = 0; at < size; at++) slots.push(undefined);
  return slots;
}

/** An expression, ready to be evaluated. */
export type Evaluate = (environment: Environment) => Value;

/** How a statement ended: normally, or on its way out of or to the next round of a loop. */
export type Signal = 0 | 1 | 2;
export const GO_ON: Signal = 0;
export const BREAK: Signal = 1;
export const CONTINUE: Signal = 2;

/** A statement, ready to be run. */
export type Execute = (environment: Environment) => Signal;

/** The origin that a range of a file is. */
export const originOf = (file: FileId, range: TextRange): Origin => ({ file, start: range.start, end: range.end });
