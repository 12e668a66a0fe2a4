import type { DialectName } from '../syntax/sql/dialect.ts';
import type { SqlType } from './types.ts';

/** How a dialect writes types: what each of its names means, and the name it shows for each type. */
export interface Spellings {
  readonly names: ReadonlyMap<string, SqlType>;
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * One line for each type: its name in our vocabulary, what the dialect shows, then the names it reads beside that.
 */
const tables: Readonly<Record<DialectName, string>> = {
  duckdb: `
    boolean: BOOLEAN, bool, logical
    int8: TINYINT, int1
    int16: SMALLINT, int2, short, int16
    int32: INTEGER, int, int4, signed, integral, int32
    int64: BIGINT, int8, long, oid, int64
    int128: HUGEINT, int128
    uint8: UTINYINT, uint8
    uint16: USMALLINT, uint16
    uint32: UINTEGER, uint32
    uint64: UBIGINT, uint64
    uint128: UHUGEINT, uint128
    float32: FLOAT, real, float4
    float64: DOUBLE, float8, double precision
    decimal(18,3): DECIMAL, numeric, dec
    text: VARCHAR, text, string, char, bpchar, nvarchar, character varying, character
    binary: BLOB, bytea, varbinary, binary
    date: DATE
    time: TIME, time without time zone
    timetz: TIME WITH TIME ZONE, timetz
    timestamp: TIMESTAMP, datetime, timestamp without time zone, timestamp_us
    timestamptz: TIMESTAMP WITH TIME ZONE, timestamptz
    timestamp_s: TIMESTAMP_S
    timestamp_ms: TIMESTAMP_MS
    timestamp_ns: TIMESTAMP_NS
    interval: INTERVAL
    uuid: UUID, guid
    json: JSON
    bit: BIT, bitstring
    bignum: BIGNUM, varint
    variant: VARIANT
    null: "NULL"`,
  postgres: `
    boolean: boolean, bool
    int16: smallint, int2, smallserial
    int32: integer, int, int4, serial
    int64: bigint, int8, bigserial
    float32: real, float4
    float64: double precision, float8, float
    decimal: numeric, decimal, dec
    text: text
    varchar: character varying, varchar
    char: character, char, bpchar
    name: name
    binary: bytea
    date: date
    time: time without time zone, time
    timetz: time with time zone, timetz
    timestamp: timestamp without time zone, timestamp
    timestamptz: timestamp with time zone, timestamptz
    interval: interval
    uuid: uuid
    json: json
    jsonb: jsonb
    xml: xml
    bit: bit
    varbit: bit varying, varbit
    money: money
    oid: oid
    regclass: regclass
    inet: inet
    cidr: cidr
    macaddr: macaddr
    point: point
    polygon: polygon
    circle: circle
    box: box
    line: line
    lseg: lseg
    path: path
    tsvector: tsvector
    tsquery: tsquery
    int4range: int4range
    int8range: int8range
    numrange: numrange
    tsrange: tsrange
    tstzrange: tstzrange
    daterange: daterange
    hstore: hstore
    record: record`,
  redshift: `
    boolean: boolean, bool
    int16: smallint, int2
    int32: integer, int, int4
    int64: bigint, int8
    float32: real, float4
    float64: double precision, float8, float
    decimal(18,0): numeric, decimal
    varchar: character varying, varchar, nvarchar, text
    char: character, char, nchar, bpchar
    date: date
    time: time without time zone, time
    timetz: time with time zone, timetz
    timestamp: timestamp without time zone, timestamp
    timestamptz: timestamp with time zone, timestamptz
    interval: interval
    super: super
    geometry: geometry
    geography: geography
    hllsketch: hllsketch
    binary: varbyte, varbinary, binary varying`,
  snowflake: `
    decimal(38,0): NUMBER, decimal, numeric, dec, int, integer, bigint, smallint, tinyint, byteint
    float64: FLOAT, float4, float8, double, double precision, real
    text: VARCHAR, string, text, char, character, nchar, nvarchar, nvarchar2, char varying, nchar varying, character varying
    binary: BINARY, varbinary
    boolean: BOOLEAN, bool
    date: DATE
    time: TIME
    timestamp: TIMESTAMP_NTZ, timestampntz, datetime, timestamp without time zone, timestamp
    timestamp_ltz: TIMESTAMP_LTZ, timestampltz, timestamp with local time zone
    timestamptz: TIMESTAMP_TZ, timestamptz, timestamp with time zone
    variant: VARIANT
    object: OBJECT
    array: ARRAY
    geography: GEOGRAPHY
    geometry: GEOMETRY
    interval: INTERVAL`,
  bigquery: `
    int64: INT64, int, smallint, integer, bigint, tinyint, byteint
    float64: FLOAT64, float
    decimal: NUMERIC, decimal
    bignumeric: BIGNUMERIC, bigdecimal
    boolean: BOOL, boolean
    text: STRING
    binary: BYTES
    date: DATE
    time: TIME
    timestamp: DATETIME
    timestamptz: TIMESTAMP
    interval: INTERVAL
    json: JSON
    geography: GEOGRAPHY
    range: RANGE`,
  databricks: `
    boolean: boolean
    int8: tinyint, byte
    int16: smallint, short
    int32: int, integer
    int64: bigint, long
    float32: float, real
    float64: double
    decimal(10,0): decimal, dec, numeric
    text: string
    varchar: varchar
    char: char, character
    binary: binary
    date: date
    timestamptz: timestamp, timestamp_ltz
    timestamp: timestamp_ntz
    interval: interval
    variant: variant
    void: void`,
  trino: `
    boolean: boolean
    int8: tinyint
    int16: smallint
    int32: integer, int
    int64: bigint
    float32: real
    float64: double, double precision
    decimal(38,0): decimal, dec, numeric
    varchar: varchar
    char: char, character
    binary: varbinary
    json: json
    date: date
    time: time, time without time zone
    timetz: time with time zone
    timestamp: timestamp, timestamp without time zone
    timestamptz: timestamp with time zone
    interval: interval
    uuid: uuid
    ipaddress: ipaddress
    unknown: unknown`,
};

const read = new Map<DialectName, Spellings>();

/** The spellings of a dialect, read when first asked for. */
export function spellingsOf(dialect: DialectName): Spellings {
  const known = read.get(dialect);
  if (known !== undefined) return known;
  const names = new Map<string, SqlType>();
  const texts = new Map<string, string>();
  for (const line of tables[dialect].trim().split('\n')) {
    const [head = '', list = ''] = line.trim().split(/:\s+/);
    const type = typeOfHead(head);
    const [shown = '', ...others] = list.split(', ');
    texts.set(type.kind === 'decimal' ? 'decimal' : type.kind === 'scalar' ? type.name : head, shown);
    for (const name of [shown, ...others]) names.set(name.toLowerCase(), type);
  }
  const spellings = { names, texts };
  read.set(dialect, spellings);
  return spellings;
}

type NamedType = Extract<SqlType, { readonly kind: 'scalar' | 'decimal' }>;

function typeOfHead(head: string): NamedType {
  const [, name = '', precision, scale] = /^(\w+)(?:\((\d+),(\d+)\))?$/.exec(head) ?? [];
  if (name !== 'decimal') return { kind: 'scalar', name };
  return {
    kind: 'decimal',
    precision: precision === undefined ? undefined : Number(precision),
    scale: scale === undefined ? undefined : Number(scale),
  };
}
