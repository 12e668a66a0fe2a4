// Writes server/src/binder/functions/duckdb-signatures.ts from what DuckDB says of its own functions.
// Run it after a new version of DuckDB: `node test/binder/generate/duckdb-functions.mjs`.
import { DuckDBInstance } from '@duckdb/node-api';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
const result = await connection.runAndReadAll(`
  select function_name, function_type, return_type, parameters, parameter_types, varargs, macro_definition
  from duckdb_functions()
  where function_type in ('scalar', 'aggregate', 'macro', 'table', 'table_macro')
    -- Operators have rules of their own; the rest are of no use in a query, or too many.
    and regexp_matches(function_name, '^[A-Za-z]\\w*$') and not starts_with(function_name, 'icu_')
    and not regexp_matches(function_name, '_privilege$|^pragma_|^pg_|^col_desc|^has_|^inet_|^array_cosine|^array_cross|^array_negative|^list_cosine|^list_negative|^list_inner|^array_inner|^enum_|_serialize|_deserialize|^arrow_|^icu|^format[A-Z]|_plan$|^create_sort|^vector_|^remap_|^from_sub|^which_sec|^is_histogram|^equi_|^hamming|^mismatch|^jaro|^jaccard|^damerau|^stem$|^obj_desc|^shobj|^nextval|^currval|^write_log|^error$|_grapheme$|^parse_duckdb|^sniff_|^seq_|^storage_|^sql_auto|^repeat_row|^summary$|^force_|^checkpoint|^in_search|^set_bit|^get_bit|^tx_|^txid|^variant_|^duckdb_|_peg_parser$|_logging$|_profiling$|^test_')
  order by all`);

/** Those of which the type follows from the arguments' types by a rule, not by a list: written by hand. */
const GENERIC = /\b(?:ANY|T|K|V|STRUCT|MAP|UNION|LAMBDA)\b|^DECIMAL$|\[ANY\]/;

const functions = new Map();
for (const [name, kind, returns, names, types, varargs] of /** @type {any[][]} */ (result.getRowsJson())) {
  const list = types.map((type, at) => `${(names[at] ?? `arg${at + 1}`).replaceAll(/[^\w]/g, '')} ${type ?? 'ANY'}`);
  if (typeof varargs === 'string') list.push(`rest ${varargs}...`);
  const entry = functions.get(`${name} ${kind}`) ?? { name, kind, rows: [] };
  functions.set(`${name} ${kind}`, entry);
  entry.rows.push({ list, returns: kind === 'table' || kind === 'table_macro' ? 'ROWS' : (returns ?? 'ANY') });
}

const letters = { scalar: 's', aggregate: 'a', macro: 'm', table: 't', table_macro: 't' };
const lines = [];
for (const { name, kind, rows } of functions.values()) {
  const kept = rows.length > 24 ? rows.filter(it => GENERIC.test(it.returns)).slice(-4) : rows;
  const signatures = (kept.length === 0 ? rows.slice(0, 24) : kept).map(it => `${it.list.join(', ')} > ${it.returns}`);
  lines.push(`${letters[kind]} ${name}: ${[...new Set(signatures)].join('; ')}`);
}
const text = lines.join('\n').replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${');
const file = fileURLToPath(new URL('../../../server/src/binder/functions/duckdb-signatures.ts', import.meta.url));
writeFileSync(
  file,
  `/** What DuckDB says of its functions, one a line; made by test/binder/generate/duckdb-functions.mjs. */
export const DUCKDB_FUNCTIONS = \`
${text}
\`;
`,
);
console.log(`${lines.length} functions`);
