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
  /** Whether the text of a foreign key names one `ref` or `source`, and nothing else. */
  readonly isTarget: (text: string) => boolean;
}

/** What is wrong with the constraints of a model's entry. */
export function constraintMistakes(data: DataMap, model: ConstrainedModel): readonly ConstraintMistake[] {
  const columns = columnItems(data.get('columns'));
  const types = columns.flatMap((column, at) => unknownTypes(column, ['columns', at], `column ${nameOf(column)}`));
  if (types.length > 0) return types;
  const own = model.isEnforced
    ? [...prerequisites(columns, model), ...unknownTypes(data, [], `model ${model.name}`)]
    : [];
  const found = own.length > 0 ? own : primaryKeys(data, columns, model);
  return found.length > 0 ? found : foreignKeys(data, model);
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

/** Without described columns there is nothing to enforce, and of a Python model dbt cannot enforce anything. */
function prerequisites(columns: readonly DataMap[], { file }: ConstrainedModel): readonly ConstraintMistake[] {
  const lacks: string[] = [];
  if (columns.length === 0) {
    lacks.push('Constraints must be defined in a `yml` schema configuration file like `schema.yml`.');
  }
  if (file.endsWith('.py')) lacks.push("Language Error: Expected 'sql' but found 'python'");
  if (lacks.length === 0) return [];
  return [{ path: ['name'], message: `Contract enforcement failed for: (${file})\n${lacks.join('\n')}` }];
}

/** Whom foreign keys point to has to be found before anything is rendered. */
function foreignKeys(data: DataMap, model: ConstrainedModel): readonly ConstraintMistake[] {
  return foreignKeyTargets(data).flatMap(({ to, path }) => {
    const message = `Invalid 'ref' or 'source' syntax on foreign key constraint 'to' on model ${model.name}: ${to}.`;
    return model.isTarget(to) ? [] : [{ path, message }];
  });
}

/** What the foreign keys of a model's entry point to, and where it says so. */
export function foreignKeyTargets(data: DataMap): readonly { readonly to: string; readonly path: KeyPath }[] {
  const columns = columnItems(data.get('columns')).map((holder, at) => ({ holder, path: ['columns', at] as KeyPath }));
  return [{ holder: data, path: [] }, ...columns].flatMap(({ holder, path }) =>
    constraintsOf(holder).flatMap((constraint, at) => {
      const to = asString(constraint.get('to')) ?? '';
      const isKey = constraint.get('type') === 'foreign_key' && to !== '';
      return isKey ? [{ to, path: [...path, 'constraints', at, 'to'] }] : [];
    }),
  );
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
