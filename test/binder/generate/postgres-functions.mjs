// Writes server/src/binder/functions/postgres-signatures.ts from what a PostgreSQL server says of its own functions:
// `PGPORT=… node test/binder/generate/postgres-functions.mjs`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const client = new pg.Client({
  host: process.env['PGHOST'] ?? '127.0.0.1',
  port: Number(process.env['PGPORT'] ?? 5432),
  user: process.env['PGUSER'] ?? 'postgres',
  database: process.env['PGDATABASE'] ?? 'postgres',
});
await client.connect();
const { rows } = await client.query(`
  select p.proname as name, p.prokind as kind, p.proretset as many, p.pronargs as n, p.pronargdefaults as defaults,
    p.provariadic <> 0 as variadic, format_type(p.prorettype, null) as result, p.proargnames as names,
    (select coalesce(array_agg(format_type(t, null) order by i), '{}') from unnest(p.proargtypes) with ordinality as x(t, i)) as types
  from pg_proc p
  where p.pronamespace = 'pg_catalog'::regnamespace and p.prokind in ('f', 'a', 'w')
    -- What no query calls by name: the inside of types, operators, indexes and the server.
    and p.proname !~ '^(pg_(?!typeof|get_|size_)|_|bt|gist|gin|spg|brin|hash(?!text)|int[248]|float[48]|numeric_|text_|bpchar|date_|time_|timetz|timestamp_|timestamptz|interval_|ts_|ri_|RI_|array_(?!.*(agg|to_string|length|append|cat))|json_(?!agg|arr|obj|build|ext|each|pop|typ|strip)|jsonb_(?!agg|arr|obj|build|ext|each|pop|typ|strip|set|ins|path|pretty)|range_|multirange_|box|circle|line|lseg|path_|point|poly|inet|network_|mac|cidr|oid|reg[a-z]*(in|out|send|recv)$|tsvector|tsq|xid|cash|money|enum_|record|void|any|unknown|uuid_|varbit|bit_(?!and|or|xor|length)|bytea|charlt|char[a-z]{2}$|name|bool(in|out|lt|gt|eq|ne|le|ge|recv|send)|lo_|be_|binary_upgrade|.*(recv|send|typmodin|typmodout|sel|joinsel|support|_accum|_finalfn|_transfn|_inv|_combine|_serialize|_deserialize)$|dsimple|dsnowball|thesaurus|prsd|plpgsql|heap|dispell|fmgr|trigger|suppress|lang|event)'
    and not exists (select 1 from unnest(p.proargtypes) t where format_type(t, null) in ('internal', 'cstring'))
    and format_type(p.prorettype, null) not in ('internal', 'cstring', 'trigger', 'void', 'event_trigger', 'language_handler')
  order by 1, 8`);
await client.end();

const generic = new Map([
  ['anyelement', 'T'],
  ['anyarray', 'T[]'],
  ['anynonarray', 'T'],
  ['anycompatible', 'T'],
  ['anycompatiblearray', 'T[]'],
  ['anycompatiblenonarray', 'T'],
  ['"any"', 'ANY'],
  ['anyenum', 'T'],
  ['"char"', 'char'],
  ['numeric', 'decimal'],
]);
const shown = type => generic.get(type) ?? type;

const functions = new Map();
for (const row of rows) {
  const letter = row.kind === 'f' ? 's' : row.kind;
  const types = row.types.map(shown);
  for (let n = row.n - row.defaults; n <= row.n; n++) {
    const list = types.slice(0, n).map((type, at) => {
      const isRest = row.variadic && at === row.n - 1;
      const name = (row.names?.[at] ?? '').replaceAll(/\W/g, '');
      return `${name === '' ? `arg${at + 1}` : name} ${isRest ? `${type.replace(/\[\]$/, '')}...` : type}`;
    });
    const key = `${letter} ${row.name}`;
    functions.set(key, [...(functions.get(key) ?? []), `${list.join(', ')} > ${shown(row.result)}`]);
  }
}
const lines = [...functions].map(([key, signatures]) => `${key}: ${[...new Set(signatures)].join('; ')}`);
const file = fileURLToPath(new URL('../../../server/src/binder/functions/postgres-signatures.ts', import.meta.url));
const text = lines.join('\n').replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
writeFileSync(
  file,
  `/** What PostgreSQL says of its functions, one a line; made by test/binder/generate/postgres-functions.mjs. */
export const POSTGRES_FUNCTIONS = \`
${text}
\`;
`,
);
console.log(`${lines.length} functions`);
