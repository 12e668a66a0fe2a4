import type { Argument, Expression, NamePart } from '../syntax/sql/expression-nodes.ts';

/** Whether a name of a column is one of those that a query asks for. */
export type NameTest = (name: string) => boolean;

/** The names of a list of strings. */
export function namesLike(elements: readonly Argument[], text: string): NameTest | undefined {
  const names = elements.map(it => stringOf(it, text)?.toLowerCase());
  return names.includes(undefined) ? undefined : name => names.includes(name.toLowerCase());
}

/**
 * A condition on the name that a parameter stands for, where it is made of comparisons with constants; `undefined` for
 * all others.
 */
export function namesMatching(
  condition: Argument,
  parameter: NamePart | undefined,
  text: string,
): NameTest | undefined {
  if (condition.kind === 'parentheses') return namesMatching(condition.value, parameter, text);
  if (condition.kind === 'unary' && condition.operator === 'not') {
    const test = namesMatching(condition.operand, parameter, text);
    return test && (name => !test(name));
  }
  if (condition.kind === 'binary' && (condition.operator === 'and' || condition.operator === 'or')) {
    const [one, two] = [condition.left, condition.right].map(it => namesMatching(it, parameter, text));
    if (one === undefined || two === undefined) return undefined;
    return condition.operator === 'and' ? name => one(name) && two(name) : name => one(name) || two(name);
  }
  const comparison = comparisonOf(condition, text);
  return comparison !== undefined && isParameter(comparison.operand, parameter) ? comparison.test : undefined;
}

interface Comparison {
  readonly operand: Expression;
  readonly test: NameTest;
}

function comparisonOf(condition: Argument, text: string): Comparison | undefined {
  if (condition.kind === 'like') {
    const pattern = stringOf(condition.pattern, text);
    const test =
      pattern === undefined || condition.escape !== undefined ? undefined : likeTest(condition.operator, pattern);
    return test && { operand: condition.operand, test: name => test(name) !== condition.negated };
  }
  if (condition.kind === 'in') {
    const { set } = condition;
    const elements =
      set.kind === 'row' || set.kind === 'array' ? set.elements : set.kind === 'parentheses' ? [set.value] : [];
    const values = elements.map(it => stringOf(it, text));
    if (values.length === 0 || values.includes(undefined)) return undefined;
    return { operand: condition.operand, test: name => values.includes(name) !== condition.negated };
  }
  if (condition.kind !== 'binary') return undefined;
  const value = stringOf(condition.right, text);
  const isEqual = condition.operator === '=' || condition.operator === '==';
  const isOther = condition.operator === '<>' || condition.operator === '!=';
  if (value === undefined || (!isEqual && !isOther)) return undefined;
  return { operand: condition.left, test: name => (name === value) === isEqual };
}

/** LIKE, ILIKE and SIMILAR TO as a test; `undefined` for other operators. */
export function likeTest(operator: string, pattern: string): NameTest | undefined {
  if (operator === 'similar to') {
    const whole = patternOf(`^(?:${pattern})$`);
    return whole && (name => whole.test(name));
  }
  if (operator !== 'like' && operator !== 'ilike') return undefined;
  const source = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  const expression = new RegExp(`^${source}$`, operator === 'ilike' ? 'is' : 's');
  return name => expression.test(name);
}

/** DuckDB's regular expressions as ours, where they are written alike. */
export function patternOf(text: string): RegExp | undefined {
  const isOdd = /\(\?[^:]|\\[pPzAQE]|\[\[:/.test(text);
  if (isOdd) return undefined;
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}

function isParameter(node: Expression, parameter: NamePart | undefined): boolean {
  const [part, other] = node.kind === 'column' ? node.parts : [];
  if (parameter?.kind !== 'name' || part?.kind !== 'name' || other !== undefined) return false;
  return part.text.toLowerCase() === parameter.text.toLowerCase();
}

function stringOf(node: Argument, text: string): string | undefined {
  if (node.kind !== 'literal' || node.type !== 'string' || text[node.start] !== "'") return undefined;
  return text.slice(node.start + 1, node.end - 1).replaceAll("''", "'");
}
