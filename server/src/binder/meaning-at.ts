import { touches, type Offset, type TextRange } from '../base/text-range.ts';
import type { ColumnRef, Name } from '../syntax/sql/expression-nodes.ts';
import type { Call, TypeName } from '../syntax/sql/expression-nodes.ts';
import type { Cte, SqlNode, TableName } from '../syntax/sql/nodes.ts';
import { pathAt } from '../syntax/sql/visit.ts';
import type { Binding } from './bind.ts';
import { callName } from './call-names.ts';
import type { KnownRelation } from './catalog.ts';
import { functionInfo, tableFunctionInfo, type FunctionInfo } from './functions.ts';
import type { BoundColumn, Rows } from './rows.ts';
import type { ScopeRelation } from './scope.ts';

/** What the name under a cursor stands for. `range` is the name. */
export type Meaning =
  /** A column, by its name; `relation` has it, unless it is of the select list. */
  | {
      readonly kind: 'column';
      readonly range: TextRange;
      readonly column: BoundColumn;
      readonly relation: ScopeRelation | undefined;
    }
  /** A name that the select list gives. */
  | { readonly kind: 'output'; readonly range: TextRange; readonly column: BoundColumn }
  | {
      readonly kind: 'cte';
      readonly range: TextRange;
      readonly cte: Cte;
      readonly definition: TextRange;
      readonly rows: Rows;
    }
  /** A table; `known` is what the catalog says of it. */
  | {
      readonly kind: 'relation';
      readonly range: TextRange;
      readonly table: TableName;
      readonly known: KnownRelation | undefined;
    }
  /** A name for a relation, where it is given or before a dot. */
  | { readonly kind: 'relation-alias'; readonly range: TextRange; readonly relation: ScopeRelation }
  | {
      readonly kind: 'function';
      readonly range: TextRange;
      readonly call: Call;
      readonly info: FunctionInfo | undefined;
    }
  | { readonly kind: 'type'; readonly range: TextRange; readonly type: TypeName };

/** What the name at an offset means; `undefined` where there is none, or nothing is known of it. */
export function meaningAt(binding: Binding, offset: Offset): Meaning | undefined {
  const path = pathAt(binding.tree, offset);
  for (let at = path.length - 1; at >= 0; at--) {
    const node = path[at];
    if (node === undefined) continue;
    const meaning = meaningOf(binding, node, path[at - 1], offset);
    if (meaning !== undefined) return meaning;
  }
  return undefined;
}

function meaningOf(binding: Binding, node: SqlNode, parent: SqlNode | undefined, offset: Offset): Meaning | undefined {
  // Most kinds of nodes share the last answer.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (node.kind) {
    case 'column':
      return columnMeaning(binding, node, offset);
    case 'table-name':
      return tableMeaning(binding, node);
    case 'call':
      return functionMeaning(binding, node, offset);
    case 'type':
      return { kind: 'type', range: range(node), type: node };
    case 'name':
      return parent === undefined ? undefined : definedName(binding, node, parent);
    default:
      return undefined;
  }
}

const range = ({ start, end }: TextRange): TextRange => ({ start, end });

function columnMeaning(binding: Binding, ref: ColumnRef, offset: Offset): Meaning | undefined {
  const reference = binding.references.get(ref);
  const at = ref.parts.findIndex(it => it.kind === 'name' && touches(it, offset));
  const part = ref.parts[at];
  if (part?.kind !== 'name' || reference === undefined) return undefined;
  if (reference.kind === 'relation') {
    return { kind: 'relation-alias', range: range(part), relation: reference.relation };
  }
  if (reference.kind === 'not-found' && reference.relation !== undefined && at < ref.parts.length - 1) {
    return { kind: 'relation-alias', range: range(part), relation: reference.relation };
  }
  if (reference.kind !== 'column') return undefined;
  const { column, relation, nParts } = reference;
  if (at < nParts - 1 && relation !== undefined) return { kind: 'relation-alias', range: range(part), relation };
  return { kind: 'column', range: range(part), column, relation };
}

function tableMeaning(binding: Binding, table: TableName): Meaning | undefined {
  const meaning = binding.tables.get(table);
  if (meaning === undefined || meaning.kind === 'path') return undefined;
  if (meaning.kind === 'cte') {
    return {
      kind: 'cte',
      range: range(table),
      cte: meaning.cte,
      definition: range(meaning.cte.name),
      rows: meaning.rows,
    };
  }
  return {
    kind: 'relation',
    range: range(table),
    table,
    known: meaning.kind === 'known' ? meaning.relation : undefined,
  };
}

function functionMeaning(binding: Binding, call: Call, offset: Offset): Meaning | undefined {
  const part = call.name.find(it => it.kind === 'name' && touches(it, offset));
  if (part === undefined) return undefined;
  const { dialect } = binding.tree;
  const info = functionInfo(callName(call), dialect) ?? tableFunctionInfo(callName(call), dialect);
  return { kind: 'function', range: range(part), call, info };
}

/** A name where it is given: to a column, a CTE or a relation. */
function definedName(binding: Binding, name: Name, parent: SqlNode): Meaning | undefined {
  // An item that is a plain column gives its name to the output as well, but what stands there refers to something.
  if (parent.kind === 'column') return undefined;
  if (parent.kind === 'cte' && parent.name === name) {
    const rows = cteRows(binding, parent);
    return rows === undefined
      ? undefined
      : { kind: 'cte', range: range(name), cte: parent, definition: range(name), rows };
  }
  if (parent.kind === 'table-alias' && parent.name === name) {
    const relation = relationAt(binding, name);
    return relation === undefined ? undefined : { kind: 'relation-alias', range: range(name), relation };
  }
  const column = columnDefinedAt(binding, name);
  return column === undefined ? undefined : { kind: 'output', range: range(name), column };
}

function cteRows(binding: Binding, cte: Cte): Rows | undefined {
  for (const { place } of binding.places) {
    for (let at = place.ctes; at !== undefined; at = at.next) {
      if (at.cte === cte) return at.rows;
    }
  }
  return undefined;
}

function relationAt(binding: Binding, { start }: Name): ScopeRelation | undefined {
  for (const { place } of binding.places.toReversed()) {
    const relation = place.scope.relations.find(it => it.range?.start === start);
    if (relation !== undefined) return relation;
  }
  return undefined;
}

function columnDefinedAt(binding: Binding, { start }: Name): BoundColumn | undefined {
  const isIt = (it: BoundColumn): boolean => it.definition?.start === start;
  for (const rows of binding.outputs.values()) {
    const column = rows.columns.find(isIt);
    if (column !== undefined) return column;
  }
  for (const { place } of binding.places) {
    const alias = place.scope.aliases.find(isIt);
    if (alias !== undefined) return alias;
    for (const relation of place.scope.relations) {
      const column = relation.rows.columns.find(isIt);
      if (column !== undefined) return column;
    }
    for (let at = place.ctes; at !== undefined; at = at.next) {
      const column = at.rows.columns.find(isIt);
      if (column !== undefined) return column;
    }
  }
  return undefined;
}
