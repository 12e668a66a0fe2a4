import type { Block, Statement } from '../syntax/jinja/nodes.ts';
import type { JinjaTree } from '../syntax/jinja/parse.ts';
import { walk } from '../syntax/jinja/tree.ts';
import { TemplateReference } from './compile-block.ts';
import { compileEntry } from './compile-scope.ts';
import { compileBody } from './compile-statement.ts';
import { Compilation, CompileError, FunctionScope } from './compilation.ts';
import type { Scope } from './compilation.ts';
import { Environment } from './engine.ts';
import type { Blocks, Site, TemplateContext } from './engine.ts';
import { visitStatements } from './names.ts';
import { PythonError } from './python/error.ts';
import { metered, type Meter } from './python/meter.ts';
import { undefinedHint } from './python/undefined.ts';
import type { FileId } from './rendered.ts';
import { Symbols } from './symbols.ts';
import { undeclaredNames } from './undeclared.ts';
import type { UndefinedFlavour } from './value.ts';

/** A template turned into code. It can be run any number of times. */
export interface Program {
  readonly blocks: Blocks;
  readonly start: Site;
  /** Runs the template in a context; its output goes to the engine's sink. */
  readonly run: (context: TemplateContext) => void;
  /** Whether it is for one flavour of undefined values only. */
  readonly isFlavoured: boolean;
}

/** Why a template is no program: a mistake of the grammar, or one that Jinja finds when it generates code. */
export interface ProgramProblem {
  readonly errorClass: string;
  readonly message: string;
  readonly range: { readonly start: number; readonly end: number };
  readonly line: number | undefined;
}

export type ProgramResult = Program | { readonly problem: ProgramProblem };

/** How a program is to behave; each combination is code of its own. */
export interface ProgramOptions {
  readonly mode: 'text' | 'native';
  readonly flavour: UndefinedFlavour;
}

/** The code of the trees that are still in use: a template is rendered twice or more before it changes. */
const programs = new WeakMap<JinjaTree, readonly KeptProgram[]>();

/** One text may stand in many files. */
const MOST_KEPT = 4;

interface KeptProgram extends ProgramOptions {
  readonly file: FileId;
  readonly program: ProgramResult;
}

/** The code of a parsed template: made when it is first asked for, and kept as long as the tree. */
export function programOf(tree: JinjaTree, file: FileId, { mode, flavour }: ProgramOptions): ProgramResult {
  const kept = programs.get(tree) ?? [];
  const found = kept.find(
    it => it.file === file && it.mode === mode && (it.flavour === flavour || isForAny(it.program)),
  );
  if (found !== undefined) return found.program;
  const program = compileProgram(tree, file, { mode, flavour });
  programs.set(tree, [{ file, mode, flavour, program }, ...kept.slice(0, MOST_KEPT - 1)]);
  return program;
}

const isForAny = (program: ProgramResult): boolean => !('problem' in program) && !program.isFlavoured;

/** Turns a parsed template into code. */
export function compileProgram(tree: JinjaTree, file: FileId, { mode, flavour }: ProgramOptions): ProgramResult {
  const compilation = new Compilation({ file, text: tree.text, mode, flavour }, compileBody);
  const [problem] = tree.problems;
  if (problem !== undefined) {
    const { errorClass, message, at, start, end } = problem;
    const line = at === undefined ? undefined : compilation.lineOf(at);
    return { problem: { errorClass, message, range: { start, end }, line } };
  }
  try {
    return metered(AHEAD, () => compileTemplate(compilation, tree));
  } catch (error) {
    if (error instanceof CompileError) {
      const { errorClass, message, range, line } = error;
      return { problem: { errorClass, message, range, line } };
    }
    // Constants are computed when the template is compiled, and some of their errors end that.
    if (!(error instanceof PythonError)) throw error;
    const { errorClass, message } = error;
    return { problem: { errorClass, message, range: { start: 0, end: tree.text.length }, line: undefined } };
  }
}

/** What is computed ahead is small; anything larger is left for the moment when the template runs, and counted then. */
const AHEAD: Meter = { spend: () => undefined, largestText: 100_000, mostItems: 10_000 };

function compileTemplate(compilation: Compilation, tree: JinjaTree): Program {
  const definitions = blocksIn(compilation, tree.body);
  const start = compilation.site({ start: 0, end: 0 });
  const run = compileRoot(compilation, tree.body);
  const blocks = new Map(definitions.map(block => [block.name, compileBlockBody(compilation, block)]));
  if (compilation.refusal !== undefined) throw compilation.refusal;
  return { blocks, start, run, isFlavoured: compilation.isFlavoured };
}

function blocksIn(compilation: Compilation, body: readonly Statement[]): readonly Block[] {
  if (!compilation.text.includes('block')) return [];
  const blocks: Block[] = [];
  walk(body, node => {
    if (node.kind !== 'block') return;
    if (blocks.some(block => block.name === node.name)) compilation.fail(`block '${node.name}' defined twice`, node);
    blocks.push(node);
  });
  return blocks;
}

function compileRoot(compilation: Compilation, body: readonly Statement[]): Program['run'] {
  const { scope, reference } = rootScope(body, { toplevel: true });
  visitStatements(scope.symbols, body);
  const enter = compileEntry(scope);
  const code = compileBody(compilation, scope, body);
  const { fn } = scope;
  return context => {
    const environment = new Environment(fn.size, undefined, context);
    if (reference !== undefined) environment.slots[reference] = new TemplateReference(context, compilation.mode);
    enter(environment);
    code(environment);
  };
}

/** A block is a function of its own that sees the context, not the template's variables. */
function compileBlockBody(compilation: Compilation, block: Block): (context: TemplateContext) => void {
  const { scope, reference } = rootScope(block.body, { toplevel: false });
  const { symbols, fn } = scope;
  const hasSuper = undeclaredNames(block.body, ['super']).has('super');
  const parent = hasSuper ? fn.own(symbols.declareParameter('super')) : undefined;
  visitStatements(symbols, block.body);
  compilation.mark(block.at);
  const enter = compileEntry(scope);
  const code = compileBody(compilation, scope, block.body);
  const message = `there is no parent block called '${block.name}'.`;
  return context => {
    const environment = new Environment(fn.size, undefined, context);
    if (reference !== undefined) environment.slots[reference] = new TemplateReference(context, compilation.mode);
    if (parent !== undefined) environment.slots[parent] = undefinedHint(message, context.flavour);
    enter(environment);
    code(environment);
  };
}

function rootScope(
  body: readonly Statement[],
  { toplevel }: { readonly toplevel: boolean },
): { readonly scope: Scope; readonly reference: number | undefined } {
  const symbols = new Symbols(undefined);
  const fn = new FunctionScope(undefined);
  const hasSelf = undeclaredNames(body, ['self']).has('self');
  const reference = hasSelf ? fn.own(symbols.declareParameter('self')) : undefined;
  return { scope: { symbols, fn, toplevel, soft: false, pending: new Set() }, reference };
}
