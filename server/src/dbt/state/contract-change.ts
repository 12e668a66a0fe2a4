import type { Json } from '../manifest/data.ts';
import { sameJson } from './compare.ts';
import { objectOf, textOf, type JsonObject } from './previous-state.ts';

/** What became of a model's contract. `broken`: what others may rely on is gone, a sentence for each thing. */
export type ContractChange =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'broken'; readonly reasons: readonly string[] };

/** Compares the contract of a model with what it was. */
export function contractChange(now: JsonObject, before: JsonObject, adapterType: string): ContractChange {
  const [contract, old] = [contractOf(now), contractOf(before)];
  if (!old.enforced) return { kind: contract.enforced ? 'changed' : 'same' };
  if (contract.enforced && contract.checksum === old.checksum) return { kind: 'same' };
  const reasons = breakingReasons(now, before, adapterType);
  return reasons.length === 0 ? { kind: 'changed' } : { kind: 'broken', reasons };
}

/** Why a contract is broken whose model is gone; `undefined` when nobody was promised anything. */
export function removedContract(before: JsonObject, isDisabled: boolean): string | undefined {
  if (!contractOf(before).enforced) return undefined;
  const id = textOf(before['unique_id']) ?? '';
  return `Contracted model '${id}' was ${isDisabled ? 'disabled' : 'deleted or renamed'}.`;
}

function contractOf(node: JsonObject): { readonly enforced: boolean; readonly checksum: Json | undefined } {
  const contract = objectOf(node['contract']);
  return { enforced: contract?.['enforced'] === true, checksum: contract?.['checksum'] };
}

function breakingReasons(now: JsonObject, before: JsonObject, adapterType: string): readonly string[] {
  const columns = objectOf(now['columns']) ?? {};
  const old = Object.entries(objectOf(before['columns']) ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const removed = old.filter(([name]) => !(name in columns)).map(([name]) => name);
  const retyped = old.flatMap(([name, column]) => retypedColumn(name, objectOf(column), objectOf(columns[name])));
  const enforces = enforcesConstraints(before);
  const fromColumns = enforces ? old.flatMap(([name, it]) => lostOfColumn(name, it, columns, adapterType)) : [];
  const fromModel = enforces ? lostOfModel(now, before, adapterType) : [];
  const hadConstraints = listOf(before['constraints']).length > 0 || old.some(([, it]) => constraintsOf(it).length > 0);
  const isMoved = enforces && !enforcesConstraints(now) && hadConstraints;
  return [
    ...(contractOf(now).enforced ? [] : [NO_LONGER_ENFORCED]),
    ...listed('Columns were removed', removed),
    ...listed('Columns with data_type changes', retyped),
    ...listed('Enforced column level constraints were removed', fromColumns),
    ...listed('Enforced model level constraints were removed', fromModel),
    ...listed(
      'Materialization changed with enforced constraints',
      isMoved ? [`${materializedOf(before)} -> ${materializedOf(now)}`] : [],
    ),
  ];
}

const NO_LONGER_ENFORCED =
  'Contract enforcement was removed: Previously, this model had an enforced contract. It is no longer configured to enforce its contract, and this is a breaking change.';

const listed = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [`${title}: \n    - ${items.join('\n    - ')}`];

/** A type whose size, precision or scale alone is another one breaks nothing. */
function retypedColumn(name: string, before: JsonObject | undefined, now: JsonObject | undefined): readonly string[] {
  const [type, old] = [textOf(now?.['data_type']), textOf(before?.['data_type'])];
  const base = (text: string | undefined): string | undefined => text?.split('(')[0]?.trim().toLowerCase();
  if (now === undefined || base(type) === base(old)) return [];
  return [`${name} (${old ?? 'None'} -> ${type ?? 'None'})`];
}

const materializedOf = (node: JsonObject): string => textOf(objectOf(node['config'])?.['materialized']) ?? '';

const enforcesConstraints = (node: JsonObject): boolean => ['table', 'incremental'].includes(materializedOf(node));

const listOf = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? (json as readonly Json[]) : []);

const constraintsOf = (column: Json | undefined): readonly Json[] => listOf(objectOf(column)?.['constraints']);

function lostOfColumn(name: string, before: Json, columns: JsonObject, adapterType: string): readonly string[] {
  if (!(name in columns)) return [];
  const lost = lostConstraints(constraintsOf(before), constraintsOf(columns[name]), adapterType);
  return lost.map(it => `'${textOf(it['name']) ?? textOf(it['type']) ?? ''}' constraint on column ${name}`);
}

function lostOfModel(now: JsonObject, before: JsonObject, adapterType: string): readonly string[] {
  const lost = lostConstraints(listOf(before['constraints']), listOf(now['constraints']), adapterType);
  return lost.map(it => {
    const columns = listOf(it['columns']).map(column => `'${textOf(column) ?? ''}'`);
    return `'${textOf(it['name']) ?? textOf(it['type']) ?? ''}' constraint on columns [${columns.join(', ')}]`;
  });
}

function lostConstraints(before: readonly Json[], now: readonly Json[], adapterType: string): readonly JsonObject[] {
  const lost = before.filter(it => !now.some(other => sameJson(it, other))).map(it => objectOf(it) ?? {});
  const enforced = ENFORCED.get(adapterType) ?? ALL;
  return lost.filter(it => enforced.has(textOf(it['type']) ?? ''));
}

const ALL: ReadonlySet<string> = new Set(['check', 'not_null', 'unique', 'primary_key', 'foreign_key', 'custom']);

/** The constraints that a warehouse holds rows to, where it does so with few of them. */
const ENFORCED: ReadonlyMap<string, ReadonlySet<string>> = new Map<string, ReadonlySet<string>>([
  ['redshift', new Set(['not_null'])],
  ['snowflake', new Set(['not_null'])],
  ['bigquery', new Set(['not_null'])],
  ['databricks', new Set(['not_null', 'check'])],
  ['spark', new Set()],
  ['trino', new Set(['not_null'])],
]);
