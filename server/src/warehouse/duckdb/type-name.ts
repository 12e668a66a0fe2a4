import {
  type DuckDBType,
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  DuckDBUnionType,
} from '@duckdb/node-api';

/** The type as DuckDB's own `typeof` spells it: `DECIMAL(10,2)[]`, `STRUCT(a INTEGER, "b c" VARCHAR)`, `JSON`. */
export function typeName(type: DuckDBType): string {
  if (type.alias !== undefined) return type.alias;
  if (type instanceof DuckDBListType) return `${typeName(type.valueType)}[]`;
  if (type instanceof DuckDBArrayType) return `${typeName(type.valueType)}[${type.length}]`;
  if (type instanceof DuckDBMapType) return `MAP(${typeName(type.keyType)}, ${typeName(type.valueType)})`;
  if (type instanceof DuckDBStructType) return `STRUCT(${fields(type.entryNames, type.entryTypes)})`;
  if (type instanceof DuckDBUnionType) return `UNION(${fields(type.memberTags, type.memberTypes)})`;
  return type.toString();
}

function fields(names: readonly string[], types: readonly DuckDBType[]): string {
  return types.map((type, at) => field(names[at] ?? '', type)).join(', ');
}

function field(name: string, type: DuckDBType): string {
  if (name === '') return typeName(type);
  return `${PLAIN_NAME.test(name) ? name : `"${name.replaceAll('"', '""')}"`} ${typeName(type)}`;
}

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
