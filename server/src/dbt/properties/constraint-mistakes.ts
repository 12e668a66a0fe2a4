import { asList, asString, isMap, type Data, type DataMap } from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';
import { dataRepr } from '../schema/data-repr.ts';
import { columnItems } from './columns.ts';

/** A rule of contracts and constraints that a model's entry breaks, in dbt's words. */
export interface ConstraintMistake {
  readonly path: KeyPath;
  readonly message: string;
}

/** Whose entry is looked at: an entry says nothing about the contract when it is configured elsewhere. */
export interface ConstrainedModel {
  readonly name: string;
  readonly file: string;
  readonly isEnforced: boolean;
}

/** What is wrong with the constraints of a model's entry. */
export function constraintMistakes(data: DataMap, model: ConstrainedModel): readonly ConstraintMistake[] {
  const columns = columnItems(data.get('columns'));
  const types = columns.flatMap((column, at) => unknownTypes(column, ['columns', at], `column ${nameOf(column)}`));
  if (types.length > 0) return types;
  const own = model.isEnforced
    ? [...withoutColumns(columns, model), ...unknownTypes(data, [], `model ${model.name}`)]
    : [];
  return own.length > 0 ? own : primaryKeys(data, columns, model);
}

const TYPES: readonly string[] = ['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom'];

function unknownTypes(holder: DataMap, path: KeyPath, whose: string): readonly ConstraintMistake[] {
  return constraintsOf(holder).flatMap((constraint, at) => {
    const type = asString(constraint.get('type'));
    if (type !== undefined && TYPES.includes(type)) return [];
    const message = `Invalid constraint type on ${whose}: Type must be one of ${dataRepr(TYPES)}`;
    const isColumn = path.length > 0;
    const where = [...path, 'constraints', at, ...(constraint.has('type') ? ['type'] : [])];
    return [{ path: where, message: isColumn ? message.replace(/: Type must[^]*/, '') : message }];
  });
}

function withoutColumns(columns: readonly DataMap[], { file }: ConstrainedModel): readonly ConstraintMistake[] {
  if (columns.length > 0) return [];
  const lack = 'Constraints must be defined in a `yml` schema configuration file like `schema.yml`.';
  return [{ path: ['name'], message: `Contract enforcement failed for: (${file})\n${lack}` }];
}

function primaryKeys(
  data: DataMap,
  columns: readonly DataMap[],
  { file }: ConstrainedModel,
): readonly ConstraintMistake[] {
  const keyed = columns.filter(it => hasPrimaryKey(it)).map(nameOf);
  const found: string[] = [];
  if (keyed.length > 1) {
    found.push(
      `Found ${keyed.length} columns (${dataRepr(keyed)}) with primary key constraints defined. Primary keys for multiple columns must be defined as a model level constraint.`,
    );
  }
  if (keyed.length > 0 && hasPrimaryKey(data)) {
    found.push(
      'Primary key constraints defined at the model level and the columns level. Primary keys can be defined at the model level or the column level, not both.',
    );
  }
  if (found.length === 0) return [];
  return [{ path: ['name'], message: `Primary key constraint error: (${file})\n${found.join('\n')}` }];
}

const constraintsOf = (holder: DataMap): readonly DataMap[] =>
  (asList(holder.get('constraints')) ?? []).filter((it: Data) => isMap(it));

const hasPrimaryKey = (holder: DataMap): boolean => constraintsOf(holder).some(it => it.get('type') === 'primary_key');

const nameOf = (column: DataMap): string => asString(column.get('name')) ?? '';
