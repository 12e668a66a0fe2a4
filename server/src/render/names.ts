import type { Arguments, Expression, Macro, CallBlock, Statement } from '../syntax/jinja/nodes.ts';
import type { Symbols } from './symbols.ts';

/** Finds the names that statements load and store in their own scope; bodies with a scope of their own are left out. */
export function visitStatements(symbols: Symbols, body: readonly Statement[]): void {
  for (const node of body) visitStatement(symbols, node);
}

function visitStatement(symbols: Symbols, node: Statement): void {
  switch (node.kind) {
    case 'text':
    case 'comment':
    case 'break':
    case 'continue':
    case 'block':
    case 'autoescape':
    case 'unknown':
      return;
    case 'output':
    case 'do':
      return visitExpression(symbols, node.expression);
    case 'print':
      return visitAll(symbols, node.items);
    case 'if':
      return visitIf(symbols, node.branches, node.otherwise ?? []);
    case 'for':
      return visitExpression(symbols, node.iterable);
    case 'set':
      visitExpression(symbols, node.value);
      return visitTarget(symbols, node.target, 'store');
    case 'set-block':
      return visitTarget(symbols, node.target, 'store');
    case 'with':
      return visitAll(symbols, node.values);
    case 'macro':
      return symbols.store(node.fullName);
    case 'call-block':
      return visitExpression(symbols, node.call);
    case 'filter-block':
      return visitExpression(symbols, node.filter);
    case 'include':
    case 'extends':
      return visitExpression(symbols, node.template);
    case 'import':
      visitExpression(symbols, node.template);
      return symbols.store(node.name);
    case 'from':
      visitExpression(symbols, node.template);
      for (const { alias } of node.names) symbols.store(alias);
      return;
    default:
      return node satisfies never;
  }
}

type Branches = readonly { readonly test: Expression; readonly body: readonly Statement[] }[];

/** The tests of all branches but the first belong to the branch group of the `elif`s. */
function visitIf(symbols: Symbols, branches: Branches, otherwise: readonly Statement[]): void {
  const [first, ...elifs] = branches;
  if (first === undefined) return;
  visitExpression(symbols, first.test);
  const body = symbols.branch();
  visitStatements(body, first.body);
  const elif = symbols.branch();
  for (const branch of elifs) visitIf(elif, [branch], []);
  const last = symbols.branch();
  visitStatements(last, otherwise);
  symbols.merge([body, elif, last]);
}

/** The names of an assignment's target: stored, or declared as parameters of a loop or `with`. */
export function visitTarget(symbols: Symbols, target: Expression, as: 'store' | 'parameter'): void {
  if (target.kind === 'tuple') {
    for (const item of target.items) visitTarget(symbols, item, as);
  } else if (target.kind === 'namespace-ref') {
    symbols.load(target.name);
  } else if (target.kind === 'name') {
    if (as === 'store') symbols.store(target.name);
    else symbols.declareParameter(target.name);
  }
}

/** The names of a macro's or call block's own scope. */
export function visitMacro(symbols: Symbols, node: Macro | CallBlock): void {
  for (const parameter of node.parameters) symbols.declareParameter(parameter.name);
  for (const parameter of node.parameters) {
    if (parameter.default !== undefined) visitExpression(symbols, parameter.default);
  }
  visitStatements(symbols, node.body);
}

/** The names that an expression loads. */
export function visitExpression(symbols: Symbols, node: Expression): void {
  switch (node.kind) {
    case 'name':
      return symbols.load(node.name);
    case 'namespace-ref':
      return symbols.load(node.name);
    case 'string':
    case 'number':
    case 'constant':
    case 'missing':
      return;
    case 'list':
    case 'tuple':
    case 'concat':
      return visitAll(symbols, node.items);
    case 'dict':
      for (const pair of node.pairs) visitAll(symbols, [pair.key, pair.value]);
      return;
    case 'attribute':
      return visitExpression(symbols, node.object);
    case 'item':
      return visitAll(symbols, [node.object, node.index]);
    case 'slice':
      return visitAll(symbols, [node.lower, node.upper, node.step]);
    case 'call':
      visitExpression(symbols, node.callee);
      return visitArguments(symbols, node);
    case 'filter':
    case 'test':
      visitAll(symbols, [node.operand]);
      return visitArguments(symbols, node);
    case 'unary':
      return visitExpression(symbols, node.operand);
    case 'binary':
      return visitAll(symbols, [node.left, node.right]);
    case 'compare':
      visitExpression(symbols, node.first);
      for (const { operand } of node.rest) visitExpression(symbols, operand);
      return;
    case 'conditional':
      return visitAll(symbols, [node.test, node.consequent, node.otherwise]);
    default:
      return node satisfies never;
  }
}

function visitAll(symbols: Symbols, nodes: readonly (Expression | undefined)[]): void {
  for (const node of nodes) if (node !== undefined) visitExpression(symbols, node);
}

function visitArguments(symbols: Symbols, node: Arguments): void {
  visitAll(symbols, node.positional);
  for (const keyword of node.named) visitExpression(symbols, keyword.value);
  visitAll(symbols, [node.star, node.doubleStar]);
}
