import type { DialectName } from '../syntax/sql/dialect.ts';
import { splitList, type FunctionInfo } from './functions.ts';
import { parseType } from './type-names.ts';
import { scalar, type SqlType } from './types.ts';

/** A type in a signature: one that is fixed, one that the arguments choose, or any. */
export type SignatureType =
  | { readonly kind: 'fixed'; readonly type: SqlType }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'list'; readonly element: SignatureType }
  | { readonly kind: 'map'; readonly key: SignatureType; readonly value: SignatureType }
  /** A decimal of any size. */
  | { readonly kind: 'decimal' }
  | { readonly kind: 'lambda' }
  | { readonly kind: 'any' }
  /** A result that a rule works out. */
  | { readonly kind: 'rule'; readonly name: string }
  /** A type that our vocabulary does not have. */
  | { readonly kind: 'other' };

const OWN = new Set(
  `boolean int8 int16 int32 int64 int128 uint8 uint16 uint32 uint64 uint128 float32 float64 text varchar char binary date
  time timetz timestamp timestamptz timestamp_ltz interval uuid json jsonb variant object array super name geography`.split(
    /\s+/,
  ),
);

const read = new Map<FunctionInfo['types'], Map<string, SignatureType>>();

/** Reads a type of a signature in the vocabulary of its table. */
export function signatureType(text: string, types: FunctionInfo['types']): SignatureType {
  const ofTable = read.get(types) ?? new Map<string, SignatureType>();
  const known = ofTable.get(text);
  if (known !== undefined) return known;
  const type = readType(text, types);
  read.set(types, ofTable.set(text, type));
  return type;
}

function readType(text: string, types: FunctionInfo['types']): SignatureType {
  if (text.startsWith('@')) return { kind: 'rule', name: text.slice(1) };
  if (text === 'T' || text === 'K' || text === 'V') return { kind: 'variable', name: text };
  if (text === 'ANY') return { kind: 'any' };
  if (text === 'LAMBDA') return { kind: 'lambda' };
  if (/^decimal$/i.test(text)) return { kind: 'decimal' };
  if (text.endsWith('[]')) return { kind: 'list', element: signatureType(text.slice(0, -2), types) };
  const map = /^map\((.*)\)$/i.exec(text);
  if (map !== null) {
    const [key = 'ANY', value = 'ANY'] = splitList(map[1] ?? '');
    return { kind: 'map', key: signatureType(key, types), value: signatureType(value, types) };
  }
  const type = types === 'own' ? ownType(text) : parseType(text, types);
  return type === undefined ? { kind: 'other' } : { kind: 'fixed', type };
}

const ownType = (text: string): SqlType | undefined => (OWN.has(text) ? scalar(text) : undefined);

/** The types that the variables of a signature stand for in one call. */
export type Bindings = Map<string, SqlType | undefined>;

/** The type that a signature's result is, once its variables are known. */
export function resultType(result: SignatureType, bindings: Bindings, dialect: DialectName): SqlType | undefined {
  switch (result.kind) {
    case 'fixed':
      return ofDialect(result.type, dialect);
    case 'variable':
      return bindings.get(result.name);
    case 'list': {
      const element = resultType(result.element, bindings, dialect);
      return { kind: 'list', element };
    }
    case 'map':
      return {
        kind: 'map',
        key: resultType(result.key, bindings, dialect),
        value: resultType(result.value, bindings, dialect),
      };
    case 'decimal':
      return (
        bindings.get('decimal') ??
        (dialect === 'postgres' ? { kind: 'decimal', precision: undefined, scale: undefined } : undefined)
      );
    case 'any':
    case 'lambda':
    case 'other':
    case 'rule':
    default:
      return undefined;
  }
}

/** Types that dialects do not have stand for those they have instead. */
function ofDialect(type: SqlType, dialect: DialectName): SqlType | undefined {
  if (type.kind !== 'scalar') return type;
  if (dialect === 'snowflake' && type.name.startsWith('int') && type.name !== 'interval') {
    return { kind: 'decimal', precision: 38, scale: 0 };
  }
  if ((dialect === 'trino' || dialect === 'redshift') && type.name === 'text') return scalar('varchar');
  if (dialect === 'snowflake' && type.name === 'timestamptz') return scalar('timestamp_ltz');
  return type;
}
