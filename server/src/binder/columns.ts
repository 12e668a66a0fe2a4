import type { ColumnRef, NamePart } from '../syntax/sql/expression-nodes.ts';
import { report, type Place } from './context.ts';
import { ambiguousColumn, candidates, ofTypes, unknownAlias, unknownColumn } from './mistakes.ts';
import { isPseudoName } from './pseudo-names.ts';
import { fieldOf } from './result-rules.ts';
import { resolve, type Reference, type Scope } from './scope.ts';
import type { BoundColumn } from './rows.ts';
import { scalarName, type SqlType } from './types.ts';
import type { Value } from './evaluate.ts';

/** The value of a column reference, which may reach into it: `t.a.b`. */
export function bindColumn(place: Place, ref: ColumnRef): Value {
  const { context } = place;
  const reference = resolve(ref, place);
  context.references.set(ref, reference);
  switch (reference.kind) {
    case 'column': {
      const { column, nParts } = reference;
      const rest = ref.parts.slice(nParts);
      if (rest.length === 0) return column;
      checkField(place, column, rest);
      const sources = context.sources.through('transformed', column.sources);
      return { type: fieldType(column.type, rest), nullable: undefined, sources };
    }
    case 'local':
      return { type: fieldType(reference.local.type, ref.parts.slice(1)), nullable: undefined, sources: [] };
    case 'relation': {
      const { rows, unknown } = reference.relation;
      if (rows.value !== undefined) return valueOfRow(place, rows.value, ref);
      const fields = rows.columns.map(({ name, type }) => ({ name, type }));
      const sources = context.sources.union(rows.columns.map(it => it.sources));
      const isKnown = unknown === undefined && !rows.isOpen && ref.parts.length === 1;
      return {
        type: isKnown ? { kind: 'struct', fields } : undefined,
        nullable: undefined,
        sources: context.sources.through('transformed', sources),
      };
    }
    case 'unknown':
      return { type: undefined, nullable: undefined, sources: [] };
    case 'ambiguous':
    case 'not-found':
      reportUnresolved(place, ref, reference);
      return { type: undefined, nullable: undefined, sources: [] };
    default:
      return reference satisfies never;
  }
}

/** Reports a part that a struct does not have. */
function checkField({ context }: Place, column: BoundColumn, [part]: readonly NamePart[]): void {
  const { type } = column;
  if (type?.kind !== 'struct' || part?.kind !== 'name' || type.fields.length === 0) return;
  const names = type.fields.map(it => it.name);
  if (names.includes('') || names.some(it => it.toLowerCase() === part.text.toLowerCase())) return;
  report(context, ofTypes(unknownColumn(part, part.text, column.name, candidates(part.text, names))));
}

/** The row of a table of values, or what a path reaches in it. */
function valueOfRow({ context }: Place, value: BoundColumn, ref: ColumnRef): Value {
  const rest = ref.parts.slice(1);
  if (rest.length === 0) return value;
  const sources = context.sources.through('transformed', value.sources);
  return { type: fieldType(value.type, rest), nullable: undefined, sources };
}

function fieldType(type: SqlType | undefined, rest: readonly NamePart[]): SqlType | undefined {
  return rest.reduce<SqlType | undefined>((it, part) => {
    if (part.kind !== 'name') return undefined;
    return scalarName(it) === 'json' || scalarName(it) === 'variant' ? it : fieldOf(it, part.text);
  }, type);
}

function reportUnresolved(
  place: Place,
  ref: ColumnRef,
  reference: Reference & { kind: 'ambiguous' | 'not-found' },
): void {
  const last = ref.parts.at(-1);
  if (last?.kind !== 'name') return;
  if (reference.kind === 'ambiguous') {
    const holders = place.scope.relations.filter(it =>
      it.rows.columns.some(column => reference.columns.includes(column)),
    );
    report(
      place.context,
      ambiguousColumn(
        ref,
        last.text,
        holders.map(it => it.name).filter(it => it !== ''),
      ),
    );
    return;
  }
  const [first] = ref.parts;
  if (first?.kind !== 'name' || isPseudoName(ref, place.context.dialect)) return;
  if (!hasRelations(place.scope)) {
    // Without FROM a name can still be a variable of the script around.
    if (ref.parts.length === 1 && isLoose(place)) return;
  }
  const { relation } = reference;
  if (relation !== undefined) {
    const names = relation.rows.columns.map(it => it.name);
    report(place.context, unknownColumn(last, last.text, relation.name, candidates(last.text, names)));
    return;
  }
  if (ref.parts.length > 1) {
    const names = relationNames(place.scope);
    report(place.context, unknownAlias(first, first.text, candidates(first.text, names)));
    return;
  }
  report(place.context, unknownColumn(last, last.text, undefined, candidates(last.text, columnNames(place.scope))));
}

const isLoose = ({ context }: Place): boolean =>
  context.dialect === 'bigquery' || context.dialect === 'snowflake' || context.dialect === 'databricks';

const hasRelations = (scope: Scope | undefined): boolean =>
  scope !== undefined && (scope.relations.length > 0 || hasRelations(scope.outer));

function relationNames(scope: Scope): readonly string[] {
  const names: string[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    names.push(...at.relations.map(it => it.name));
  }
  return names.filter(it => it !== '');
}

function columnNames(scope: Scope): readonly string[] {
  const names: string[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    names.push(...at.relations.flatMap(it => it.rows.columns.map(column => column.name)));
  }
  return names;
}
