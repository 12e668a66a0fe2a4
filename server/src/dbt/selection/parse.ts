import { err, ok, type Result } from '../../base/result.ts';
import { isMethod } from './method-names.ts';
import { runtimeRefusal, unknownMethod, type Refusal } from './refusal.ts';
import type { Criterion, IndirectSelection, SelectionSpec } from './spec.ts';

/** What the command line says about selection. Each text may hold several, with blanks between them. */
export interface SelectionTexts {
  readonly select: readonly string[];
  readonly exclude: readonly string[];
  readonly indirect: IndirectSelection;
}

/** The selection of a command line, or dbt's message about the first text that is none. Nothing selected is everything. */
export function parseSelection(texts: SelectionTexts): Result<SelectionSpec, Refusal> {
  const include = parseUnion(texts.select, texts.indirect);
  if (!include.ok) return include;
  const exclude = parseUnion(texts.exclude, texts.indirect);
  if (!exclude.ok) return exclude;
  const from = include.value ?? { kind: 'everything' };
  return ok(exclude.value === undefined ? from : { kind: 'difference', from, without: exclude.value });
}

function parseUnion(texts: readonly string[], indirect: IndirectSelection): Result<SelectionSpec | undefined, Refusal> {
  const parts: SelectionSpec[] = [];
  for (const text of texts.flatMap(it => it.split(/\s+/)).filter(Boolean)) {
    const part = parseIntersection(text, indirect);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return ok(texts.length === 0 ? undefined : { kind: 'union', parts, indirect });
}

function parseIntersection(text: string, indirect: IndirectSelection): Result<SelectionSpec, Refusal> {
  const parts: SelectionSpec[] = [];
  for (const part of text.split(',')) {
    const criterion = parseCriterion(part, indirect);
    if (!criterion.ok) return criterion;
    parts.push(criterion.value);
  }
  return ok({ kind: 'intersection', parts, indirect });
}

const CRITERION =
  /^(?<at>@)?(?<parents>(?<up>\d*)\+)?(?:(?<method>[\w.]+):)?(?<value>.*?)(?<children>\+(?<down>\d*))?$/;

/** One condition such as `2+tag:nightly+`. A text without a method is a path, a file or a name, as it looks. */
export function parseCriterion(text: string, indirect: IndirectSelection): Result<Criterion, Refusal> {
  const groups = CRITERION.exec(text)?.groups;
  if (groups === undefined) return err(runtimeRefusal(`Invalid selector "${text}"`));
  const { at, parents, up, method, value = '', children, down } = groups;
  if (at !== undefined && children !== undefined) {
    return err(runtimeRefusal(`Invalid node spec ${text} - "@" prefix and "+" suffix are incompatible`));
  }
  const [name = '', ...methodArguments] = (method ?? defaultMethod(value)).split('.');
  if (!isMethod(name)) return err(unknownMethod(name));
  return ok({
    kind: 'criterion',
    method: name,
    methodArguments,
    value,
    parents: parents === undefined ? undefined : depth(up),
    children: children === undefined ? undefined : depth(down),
    childrensParents: at !== undefined,
    indirect,
  });
}

const depth = (digits: string | undefined): number =>
  digits === undefined || digits === '' ? Infinity : Number(digits);

/** How dbt reads a value that comes without a method. */
export function defaultMethod(value: string): string {
  if (value.includes('/') || value.includes('\\')) return 'path';
  return /\.(?:sql|py|csv)$/i.test(value) ? 'file' : 'fqn';
}
