import { strOf } from '../../render/python/strings.ts';
import { toText } from '../../render/python/text.ts';
import { truthy } from '../../render/python/truth.ts';
import { type Callable, Dict, List, type Value } from '../../render/value.ts';
import { relationExists } from './adapter-relations.ts';
import { inQuotes, type AdapterHost, type AdapterMethod } from './adapter-host.ts';
import { entryOf } from './dict-entry.ts';
import { hostFunction } from './host-function.ts';
import { refFunction, sourceFunction } from './references.ts';
import { Relation } from './relation.ts';
import { renderNestedValue } from './render-nested.ts';

/** What of the adapter writes the constraints of an enforced contract. */
export const constraintMethods: readonly (readonly [string, AdapterMethod])[] = [
  ['render_raw_columns_constraints', columnConstraints],
  ['render_raw_model_constraints', modelConstraints],
];

function columnConstraints(host: AdapterHost): Callable {
  return hostFunction('render_raw_columns_constraints', ['raw_columns'], call => {
    const columns = call.at(0) instanceof Dict ? [...(call.at(0) as Dict).entries.values()].map(it => it.value) : [];
    return new List(columns.map(column => columnDefinition(host, column)));
  });
}

function columnDefinition(host: AdapterHost, column: Value): string {
  const name = textAt(column, 'name');
  const shown = truthy(entryOf(column, 'quote') ?? false) ? inQuotes(host.session, name) : name;
  const constraints = itemsAt(column, 'constraints')
    .map(it => columnConstraint(host, it))
    .filter(it => it !== undefined);
  return [shown, textAt(column, 'data_type'), ...constraints].join(' ');
}

function columnConstraint(host: AdapterHost, constraint: Value): string | undefined {
  const expression = textAt(constraint, 'expression');
  switch (textAt(constraint, 'type')) {
    case 'not_null':
      return `not null ${expression}`.trim();
    case 'unique':
      return `unique ${expression}`.trim();
    case 'primary_key':
      return `primary key ${expression}`.trim();
    case 'check':
      return `check (${expression})`;
    case 'foreign_key':
      return foreignKey(host, constraint);
    case 'custom':
      return expression;
    default:
      return undefined;
  }
}

function foreignKey(host: AdapterHost, constraint: Value): string {
  const to = keyTarget(host, textAt(constraint, 'to'));
  const columns = itemsAt(constraint, 'to_columns').map(it => strOf(it) ?? '');
  if (to !== '' && columns.length > 0) return `references ${to} (${columns.join(', ')})`;
  return `references ${textAt(constraint, 'expression')}`;
}

/** What `to: ref('customers')` names, as SQL writes it; any other text stands for itself. */
function keyTarget(host: AdapterHost, to: string): string {
  if (!/^\s*(?:ref|source)\s*\(/.test(to)) return to;
  const names = new Map([
    ['ref', refFunction(host.session, relationExists(host))],
    ['source', sourceFunction(host.session)],
  ]);
  const target = renderNestedValue({ lookup: name => names.get(name) }, `{{ ${to} }}`);
  return target instanceof Relation ? keyRelation(target) : toText(target);
}

/** The bare name of the relation. DuckDB knows keys within one database alone, and takes a name with it for another's. */
function keyRelation(relation: Relation): string {
  const { include, adapterType } = relation.state;
  const known = adapterType === 'duckdb' ? relation.with({ include: { ...include, database: false } }) : relation;
  return known.render();
}

function modelConstraints(host: AdapterHost): Callable {
  return hostFunction('render_raw_model_constraints', ['raw_constraints'], call => {
    const constraints = call.at(0) instanceof List ? (call.at(0) as List).items : [];
    return new List(constraints.map(it => modelConstraint(host, it)).filter(it => it !== undefined));
  });
}

function modelConstraint(host: AdapterHost, constraint: Value): string | undefined {
  const name = textAt(constraint, 'name');
  const prefix = name === '' ? '' : `constraint ${name} `;
  const columns = itemsAt(constraint, 'columns')
    .map(it => strOf(it) ?? '')
    .join(', ');
  const expression = textAt(constraint, 'expression');
  const tail = expression === '' ? '' : ` ${expression}`;
  switch (textAt(constraint, 'type')) {
    case 'check':
      return `${prefix}check (${expression})`;
    case 'unique':
      return `${prefix}unique${tail} (${columns})`;
    case 'primary_key':
      return `${prefix}primary key${tail} (${columns})`;
    case 'foreign_key':
      return `${prefix}foreign key (${columns}) ${foreignKey(host, constraint)}`;
    case 'custom':
      return `${prefix}${expression}`;
    default:
      return undefined;
  }
}

const textAt = (value: Value, key: string): string => strOf(entryOf(value, key) ?? null) ?? '';

function itemsAt(value: Value, key: string): readonly Value[] {
  const items = entryOf(value, key);
  return items instanceof List ? items.items : [];
}
