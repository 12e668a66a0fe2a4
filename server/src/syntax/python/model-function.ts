import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../../base/text-range.ts';
import { childrenOf, itemsOf, rangeOf, textOf } from './literal.ts';

/** What is wrong with the shape of a Python model, in dbt's words. */
export interface ShapeMistake extends TextRange {
  readonly message: string;
}

/**
 * A Python model is one function `model(dbt, session)` that ends in the return of one value (`PythonValidationVisitor` in
 * dbt-core). A file without a statement is not judged.
 */
export function shapeMistake(root: SyntaxNode, text: string): ShapeMistake | undefined {
  if (itemsOf(root).length === 0) return undefined;
  const models: SyntaxNode[] = [];
  collectModels(root, text, models);
  const [model] = models;
  if (model === undefined || models.length > 1) {
    const message = `dbt allows exactly one model defined per python file, found ${models.length}`;
    return { message, ...rangeOf(models[1]?.getChild('VariableName') ?? firstStatement(root)) };
  }
  const messages = functionMistakes(model, text);
  const name = model.getChild('VariableName') ?? model;
  return messages.length === 0 ? undefined : { message: messages.join('\n'), ...rangeOf(name) };
}

const firstStatement = (root: SyntaxNode): SyntaxNode => itemsOf(root)[0] ?? root;

/** Functions inside of functions are not looked at; methods of classes and what is inside of `async def` are. */
function collectModels(node: SyntaxNode, text: string, models: SyntaxNode[]): void {
  if (node.name === 'FunctionDefinition' && node.getChild('async') === null) {
    const name = node.getChild('VariableName');
    if (name !== null && textOf(name, text) === 'model') models.push(node);
    return;
  }
  for (const child of childrenOf(node)) collectModels(child, text, models);
}

function functionMistakes(model: SyntaxNode, text: string): readonly string[] {
  const names = parameterNames(model, text);
  const [first] = names;
  const messages: string[] = [];
  if (first !== undefined && first !== 'dbt') messages.push("'dbt' not provided for model as the first argument");
  if (names.length !== 2) {
    messages.push('model function should have two args, `dbt` and a session to current warehouse');
  }
  if (!returnsOneValue(model)) {
    messages.push('In current version, model function should return only one dataframe object');
  }
  return messages;
}

/** The parameters that can be given by position and by name, which are all that dbt counts. */
function parameterNames(model: SyntaxNode, text: string): readonly string[] {
  const list = model.getChild('ParamList');
  if (list === null) return [];
  let names: string[] = [];
  let isDefault = false;
  for (const item of childrenOf(list)) {
    if (item.name === '*' || item.name === '**') break;
    if (item.name === '/') names = [];
    if (item.name === 'VariableName' && !isDefault) names.push(textOf(item, text));
    if (item.name === 'AssignOp') isDefault = true;
    else if (item.name === ',') isDefault = false;
  }
  return names;
}

function returnsOneValue(model: SyntaxNode): boolean {
  const body = model.getChild('Body');
  const last = body === null ? undefined : itemsOf(body).at(-1);
  if (last?.name !== 'ReturnStatement') return false;
  const values = childrenOf(last).filter(({ name }) => name !== 'return' && name !== 'Comment');
  return values.every(({ name }) => name !== ',' && name !== 'TupleExpression');
}
