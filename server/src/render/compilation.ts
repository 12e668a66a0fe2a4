import { lineTable, positionAt } from '../base/line-table.ts';
import type { LineTable } from '../base/line-table.ts';
import type { Offset, TextRange } from '../base/text-range.ts';
import type { Expression, Statement } from '../syntax/jinja/nodes.ts';
import type { Execute, Site } from './engine.ts';
import type { FileId } from './rendered.ts';
import type { Symbols } from './symbols.ts';
import type { UndefinedFlavour, Value } from './value.ts';

/** What makes a template impossible to run at all. */
export class CompileError extends Error {
  readonly errorClass: string;
  readonly range: TextRange;
  /** From 1; `undefined` when Python reports none. */
  readonly line: number | undefined;
  constructor(errorClass: string, message: string, range: TextRange, line: number | undefined) {
    super(message);
    this.errorClass = errorClass;
    this.range = range;
    this.line = line;
  }
}

/** What a compilation starts from. */
export interface CompilationSource {
  readonly file: FileId;
  readonly text: string;
  readonly mode: 'text' | 'native';
  readonly flavour: UndefinedFlavour;
}

type CompileBody = (compilation: Compilation, scope: Scope, body: readonly Statement[]) => Execute;

/** The state of turning one template into code. */
export class Compilation {
  readonly file: FileId;
  readonly text: string;
  readonly mode: 'text' | 'native';
  /** Constant values of expressions already asked for. */
  readonly constants = new Map<Expression, Value | undefined>();
  /** The line that an error of the code being made would be reported for. */
  line = 1;
  /** What is known about `{% autoescape %}` here. */
  autoescape = false;
  /** Whether `{% autoescape %}` depends on a value, so that nothing may be computed ahead. */
  volatile = false;
  /** How many expressions are open that Jinja computes ahead as far as it can. */
  folding = 0;
  refusal: CompileError | undefined = undefined;
  /** Whether a value was computed ahead that another flavour of undefined values might change. */
  isFlavoured = false;
  private readonly ownFlavour: UndefinedFlavour;
  private readonly lines: LineTable;

  /** Turns the statements of one scope into code; given from outside, because statements hold statements. */
  readonly compileBody: CompileBody;

  constructor(source: CompilationSource, compileBody: CompileBody) {
    this.file = source.file;
    this.text = source.text;
    this.mode = source.mode;
    this.ownFlavour = source.flavour;
    this.lines = lineTable(source.text);
    this.compileBody = compileBody;
  }

  /** How undefined values behave that are made while constants are computed. */
  get flavour(): UndefinedFlavour {
    this.isFlavoured = true;
    return this.ownFlavour;
  }

  lineOf(at: Offset): number {
    return positionAt(this.lines, at).line + 1;
  }

  /** From here on errors are reported for the line of `at`, as Python's line table of the generated code has it. */
  mark(at: Offset): void {
    this.line = this.lineOf(at);
  }

  site(range: TextRange): Site {
    return { file: this.file, range: { start: range.start, end: range.end }, line: this.line };
  }

  fail(message: string, range: TextRange & { readonly at: Offset }): never {
    throw new CompileError('TemplateAssertionError', message, range, this.lineOf(range.at));
  }

  /** Python refuses the code that Jinja generates, once all of it is generated. */
  refuse(message: string, range: TextRange): void {
    this.refusal ??= new CompileError('SyntaxError', message, range, undefined);
  }
}

/** The variables of one Python function that Jinja would generate: each gets a place in its environment. */
export class FunctionScope {
  readonly parent: FunctionScope | undefined;
  /** How many loops of this function are open; `break` needs one, Python allows twenty. */
  loops = 0;
  private readonly places = new Map<string, number>();

  constructor(parent: FunctionScope | undefined) {
    this.parent = parent;
  }

  get size(): number {
    return this.places.size;
  }

  /** The place of a variable of this very function, made if need be. */
  own(variable: string): number {
    let place = this.places.get(variable);
    if (place === undefined) {
      place = this.places.size;
      this.places.set(variable, place);
    }
    return place;
  }

  /** Where a variable lives: how many functions further out, and its place there. */
  locate(variable: string): { readonly depth: number; readonly place: number } {
    return this.find(variable, 0) ?? { depth: 0, place: this.own(variable) };
  }

  private find(variable: string, depth: number): { readonly depth: number; readonly place: number } | undefined {
    const place = this.places.get(variable);
    return place === undefined ? this.parent?.find(variable, depth + 1) : { depth, place };
  }
}

/** What the statements being compiled stand in. */
export interface Scope {
  readonly symbols: Symbols;
  readonly fn: FunctionScope;
  /** The template itself and the `if`s in it: what is set here is set in the context too. */
  readonly toplevel: boolean;
  /** Inside an `if` unknown filters and tests are found only when they are used. */
  readonly soft: boolean;
  /** Parameters whose defaults are being computed: they may still be missing. */
  readonly pending: Set<string>;
}

/** A scope inside another, with names of its own. */
export function innerScope(scope: Scope, symbols: Symbols, fn: FunctionScope = scope.fn): Scope {
  return { symbols, fn, toplevel: false, soft: false, pending: scope.pending };
}
