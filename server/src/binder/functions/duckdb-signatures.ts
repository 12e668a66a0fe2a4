/** What DuckDB says of its functions, one a line; made by test/binder/generate/duckdb-functions.mjs. */
export const DUCKDB_FUNCTIONS = `
s abs: x BIGINT > BIGINT; x DECIMAL > DECIMAL; x DOUBLE > DOUBLE; x FLOAT > FLOAT; x HUGEINT > HUGEINT; x INTEGER > INTEGER; x SMALLINT > SMALLINT; x TINYINT > TINYINT; x UBIGINT > UBIGINT; x UHUGEINT > UHUGEINT; x UINTEGER > UINTEGER; x USMALLINT > USMALLINT; x UTINYINT > UTINYINT
s acos: x DOUBLE > DOUBLE
s acosh: x DOUBLE > DOUBLE
s add: rest ANY[]... > ANY[]; col0 DECIMAL > DECIMAL; col0 DECIMAL, col1 DECIMAL > DECIMAL
s age: timestamp TIMESTAMP > INTERVAL; timestamp TIMESTAMP WITH TIME ZONE > INTERVAL; timestamp TIMESTAMP, timestamp TIMESTAMP > INTERVAL; timestamp TIMESTAMP WITH TIME ZONE, timestamp TIMESTAMP WITH TIME ZONE > INTERVAL
s aggregate: list ANY[], function_name VARCHAR, rest ANY... > ANY
m ago: i ANY > ANY
s alias: expr ANY > VARCHAR
a any_value: arg ANY > ANY; arg DECIMAL > DECIMAL
s apply: list ANY[], lambdax LAMBDA > ANY[]
a approx_count_distinct: any ANY > BIGINT
a approx_quantile: x BIGINT, pos FLOAT > BIGINT; x BIGINT, pos FLOAT[] > BIGINT[]; x DATE, pos FLOAT > DATE; x DATE, pos FLOAT[] > DATE[]; x DECIMAL, pos FLOAT > DECIMAL; x DECIMAL, pos FLOAT[] > DECIMAL[]; x DOUBLE, pos FLOAT > DOUBLE; x DOUBLE, pos FLOAT[] > DOUBLE[]; x FLOAT, pos FLOAT[] > FLOAT[]; x HUGEINT, pos FLOAT > HUGEINT; x HUGEINT, pos FLOAT[] > HUGEINT[]; x INTEGER, pos FLOAT > INTEGER; x INTEGER, pos FLOAT[] > INTEGER[]; x SMALLINT, pos FLOAT > SMALLINT; x SMALLINT, pos FLOAT[] > SMALLINT[]; x TIME, pos FLOAT > TIME; x TIME WITH TIME ZONE, pos FLOAT > TIME WITH TIME ZONE; x TIME WITH TIME ZONE, pos FLOAT[] > TIME WITH TIME ZONE[]; x TIMESTAMP, pos FLOAT > TIMESTAMP; x TIMESTAMP WITH TIME ZONE, pos FLOAT > TIMESTAMP WITH TIME ZONE; x TIMESTAMP WITH TIME ZONE, pos FLOAT[] > TIMESTAMP WITH TIME ZONE[]; x TIMESTAMP, pos FLOAT[] > TIMESTAMP[]; x TIME, pos FLOAT[] > TIME[]; x TINYINT, pos FLOAT[] > TINYINT[]
a approx_top_k: val ANY, k BIGINT > ANY[]
a arbitrary: arg ANY > ANY; arg DECIMAL > DECIMAL
a arg_max: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a arg_max_null: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a arg_max_nulls_last: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a arg_min: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a arg_min_null: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a arg_min_nulls_last: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a argmax: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a argmin: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
a array_agg: arg T > T[]
s array_aggr: list ANY[], function_name VARCHAR, rest ANY... > ANY
s array_aggregate: list ANY[], function_name VARCHAR, rest ANY... > ANY
m array_append: arr ANY, el ANY > ANY
s array_apply: list ANY[], lambdax LAMBDA > ANY[]
s array_cat: rest ANY[]... > ANY[]
s array_concat: rest ANY[]... > ANY[]
s array_contains: list T[], element T > BOOLEAN
s array_distance: array1 DOUBLE[ANY], array2 DOUBLE[ANY] > DOUBLE; array1 FLOAT[ANY], array2 FLOAT[ANY] > FLOAT
s array_distinct: list T[] > T[]
s array_dot_product: array1 DOUBLE[ANY], array2 DOUBLE[ANY] > DOUBLE; array1 FLOAT[ANY], array2 FLOAT[ANY] > FLOAT
s array_extract: struct STRUCT, entry VARCHAR > ANY; struct STRUCT, index BIGINT > ANY; col0 T[], col1 BIGINT > T; string VARCHAR, index BIGINT > VARCHAR
s array_filter: list ANY[], lambdax LAMBDA > ANY[]
s array_grade_up: list ANY[] > ANY[]; list ANY[], col1 VARCHAR > ANY[]; list ANY[], col1 VARCHAR, col2 VARCHAR > ANY[]
s array_has: list T[], element T > BOOLEAN
s array_has_all: list1 T[], list2 T[] > BOOLEAN
s array_has_any: list1 T[], list2 T[] > BOOLEAN
s array_indexof: list T[], element T > INTEGER
s array_intersect: list1 T[], list2 T[] > T[]
s array_length: list ANY[] > BIGINT; list ANY[], dimension BIGINT > BIGINT
m array_pop_back: arr ANY > ANY
m array_pop_front: arr ANY > ANY
s array_position: list T[], element T > INTEGER
m array_prepend: el ANY, arr ANY > ANY
m array_push_back: arr ANY, e ANY > ANY
m array_push_front: arr ANY, e ANY > ANY
s array_reduce: list ANY[], lambdaxy LAMBDA > ANY; list ANY[], lambdaxy LAMBDA, initial_value ANY > ANY
s array_resize: list ANY[], size ANY > ANY[]; list ANY[], size ANY, value ANY > ANY[]
m array_reverse: l ANY > ANY
s array_reverse_sort: list ANY[] > ANY[]; list ANY[], col1 VARCHAR > ANY[]
s array_select: value_list T[], index_list BIGINT[] > T[]
s array_slice: list ANY, begin ANY, end ANY > ANY; list ANY, begin ANY, end ANY, step BIGINT > ANY
s array_sort: list ANY[] > ANY[]; list ANY[], col1 VARCHAR > ANY[]; list ANY[], col1 VARCHAR, col2 VARCHAR > ANY[]
s array_to_json: rest ANY... > JSON
m array_to_string: arr ANY, sep ANY > ANY
m array_to_string_comma_default: arr ANY, sep ANY > ANY
s array_transform: list ANY[], lambdax LAMBDA > ANY[]
s array_unique: list ANY[] > UBIGINT
s array_value: rest ANY... > ARRAY
s array_where: value_list T[], mask_list BOOLEAN[] > T[]
s array_zip: rest ANY... > STRUCT[]
s ascii: string VARCHAR > INTEGER
s asin: x DOUBLE > DOUBLE
s asinh: x DOUBLE > DOUBLE
s atan: x DOUBLE > DOUBLE
s atan2: y DOUBLE, x DOUBLE > DOUBLE
s atanh: x DOUBLE > DOUBLE
a avg: x DECIMAL > DECIMAL; x BIGINT > DOUBLE; x DOUBLE > DOUBLE; x HUGEINT > DOUBLE; x INTEGER > DOUBLE; x SMALLINT > DOUBLE; x INTERVAL > INTERVAL; x TIME > TIME; x TIME WITH TIME ZONE > TIME WITH TIME ZONE; x TIMESTAMP > TIMESTAMP; x TIMESTAMP WITH TIME ZONE > TIMESTAMP WITH TIME ZONE
s bar: x DOUBLE, min DOUBLE, max DOUBLE > VARCHAR; x DOUBLE, min DOUBLE, max DOUBLE, width DOUBLE > VARCHAR
s base64: blob BLOB > VARCHAR
s bin: string VARCHAR > VARCHAR; value BIGINT > VARCHAR; value BIGNUM > VARCHAR; value HUGEINT > VARCHAR; value UBIGINT > VARCHAR; value UHUGEINT > VARCHAR
a bit_and: arg BIGINT > BIGINT; arg BIT > BIT; arg HUGEINT > HUGEINT; arg INTEGER > INTEGER; arg SMALLINT > SMALLINT; arg TINYINT > TINYINT; arg UBIGINT > UBIGINT; arg UHUGEINT > UHUGEINT; arg UINTEGER > UINTEGER; arg USMALLINT > USMALLINT; arg UTINYINT > UTINYINT
s bit_count: x BIT > BIGINT; x BIGINT > TINYINT; x HUGEINT > TINYINT; x INTEGER > TINYINT; x SMALLINT > TINYINT; x TINYINT > TINYINT
s bit_length: bit BIT > BIGINT; string VARCHAR > BIGINT
a bit_or: arg BIGINT > BIGINT; arg BIT > BIT; arg HUGEINT > HUGEINT; arg INTEGER > INTEGER; arg SMALLINT > SMALLINT; arg TINYINT > TINYINT; arg UBIGINT > UBIGINT; arg UHUGEINT > UHUGEINT; arg UINTEGER > UINTEGER; arg USMALLINT > USMALLINT; arg UTINYINT > UTINYINT
s bit_position: substring BIT, bitstring BIT > INTEGER
a bit_xor: arg BIGINT > BIGINT; arg BIT > BIT; arg HUGEINT > HUGEINT; arg INTEGER > INTEGER; arg SMALLINT > SMALLINT; arg TINYINT > TINYINT; arg UBIGINT > UBIGINT; arg UHUGEINT > UHUGEINT; arg UINTEGER > UINTEGER; arg USMALLINT > USMALLINT; arg UTINYINT > UTINYINT
s bitstring: bitstring BIT, length INTEGER > BIT; bitstring VARCHAR, length INTEGER > BIT
a bitstring_agg: arg BIGINT > BIT; arg HUGEINT > BIT; arg INTEGER > BIT; arg SMALLINT > BIT; arg TINYINT > BIT; arg UBIGINT > BIT; arg UHUGEINT > BIT; arg UINTEGER > BIT; arg USMALLINT > BIT; arg UTINYINT > BIT; arg BIGINT, col1 BIGINT, col2 BIGINT > BIT; arg HUGEINT, col1 HUGEINT, col2 HUGEINT > BIT; arg INTEGER, col1 INTEGER, col2 INTEGER > BIT; arg SMALLINT, col1 SMALLINT, col2 SMALLINT > BIT; arg TINYINT, col1 TINYINT, col2 TINYINT > BIT; arg UBIGINT, col1 UBIGINT, col2 UBIGINT > BIT; arg UHUGEINT, col1 UHUGEINT, col2 UHUGEINT > BIT; arg UINTEGER, col1 UINTEGER, col2 UINTEGER > BIT; arg USMALLINT, col1 USMALLINT, col2 USMALLINT > BIT; arg UTINYINT, col1 UTINYINT, col2 UTINYINT > BIT
a bool_and: arg BOOLEAN > BOOLEAN
a bool_or: arg BOOLEAN > BOOLEAN
s can_cast_implicitly: source_type ANY, target_type ANY > BOOLEAN
s cardinality: map ANY, rest ANY... > UBIGINT
s cast_to_type: param ANY, type ANY > ANY
s cbrt: x DOUBLE > DOUBLE
s ceil: x DECIMAL > DECIMAL; x DOUBLE > DOUBLE; x FLOAT > FLOAT
s ceiling: x DECIMAL > DECIMAL; x DOUBLE > DOUBLE; x FLOAT > FLOAT
s century: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s char_length: bit BIT > BIGINT; list ANY[] > BIGINT; string VARCHAR > BIGINT
s character_length: bit BIT > BIGINT; list ANY[] > BIGINT; string VARCHAR > BIGINT
s chr: code_point INTEGER > VARCHAR
s combine: col0 AGGREGATE_STATE<?>, col1 ANY > AGGREGATE_STATE<?>
s concat: value ANY, rest ANY... > ANY
s concat_ws: separator VARCHAR, string ANY, rest ANY... > VARCHAR
s constant_or_null: arg1 ANY, arg2 ANY, rest ANY... > ANY
s contains: col0 MAP(K, V), col1 K > BOOLEAN; col0 STRUCT, col1 ANY > BOOLEAN; col0 T[], col1 T > BOOLEAN; string VARCHAR, search_string VARCHAR > BOOLEAN
a corr: y DOUBLE, x DOUBLE > DOUBLE
s cos: x DOUBLE > DOUBLE
s cosh: x DOUBLE > DOUBLE
s cot: x DOUBLE > DOUBLE
a count:  > BIGINT; arg ANY > BIGINT
a count_if: arg BOOLEAN > HUGEINT
a count_star:  > BIGINT
a countif: arg BOOLEAN > HUGEINT
a covar_pop: y DOUBLE, x DOUBLE > DOUBLE
a covar_samp: y DOUBLE, x DOUBLE > DOUBLE
a cume_dist:  > DOUBLE
m current_catalog:  > ANY
s current_connection_id:  > UBIGINT
m current_database:  > ANY
s current_database:  > VARCHAR
s current_date:  > DATE
s current_localtime:  > TIME
s current_localtimestamp:  > TIMESTAMP
m current_query:  > ANY
s current_query:  > VARCHAR
s current_query_id:  > UBIGINT
m current_role:  > ANY
m current_schema:  > ANY
s current_schema:  > VARCHAR
m current_schemas: include_implicit ANY > ANY
s current_schemas: include_implicit BOOLEAN > VARCHAR[]
s current_setting: setting_name VARCHAR > ANY
s current_transaction_id:  > UBIGINT
m current_user:  > ANY
m date_add: date ANY, interval ANY > ANY
s date_diff: part VARCHAR, startdate DATE, enddate DATE > BIGINT; part VARCHAR, startdate TIME, enddate TIME > BIGINT; part VARCHAR, startdate TIMESTAMP, enddate TIMESTAMP > BIGINT; part VARCHAR, startdate TIMESTAMP WITH TIME ZONE, enddate TIMESTAMP WITH TIME ZONE > BIGINT
s date_part: ts VARCHAR, col1 DATE > BIGINT; ts VARCHAR, col1 INTERVAL > BIGINT; ts VARCHAR, col1 TIME > BIGINT; ts VARCHAR, col1 TIME WITH TIME ZONE > BIGINT; ts VARCHAR, col1 TIMESTAMP > BIGINT; ts VARCHAR, col1 TIMESTAMP WITH TIME ZONE > BIGINT; ts VARCHAR, col1 TIME_NS > BIGINT; ts VARCHAR[], col1 DATE > STRUCT(); ts VARCHAR[], col1 INTERVAL > STRUCT(); ts VARCHAR[], col1 TIME > STRUCT(); ts VARCHAR[], col1 TIME WITH TIME ZONE > STRUCT(); ts VARCHAR[], col1 TIMESTAMP > STRUCT(); ts VARCHAR[], col1 TIMESTAMP WITH TIME ZONE > STRUCT(); ts VARCHAR[], col1 TIME_NS > STRUCT()
s date_sub: part VARCHAR, startdate DATE, enddate DATE > BIGINT; part VARCHAR, startdate TIME, enddate TIME > BIGINT; part VARCHAR, startdate TIMESTAMP, enddate TIMESTAMP > BIGINT; part VARCHAR, startdate TIMESTAMP WITH TIME ZONE, enddate TIMESTAMP WITH TIME ZONE > BIGINT
s date_trunc: part VARCHAR, timestamp INTERVAL > INTERVAL; part VARCHAR, timestamp DATE > TIMESTAMP; part VARCHAR, timestamp TIMESTAMP > TIMESTAMP; part VARCHAR, timestamp TIMESTAMP WITH TIME ZONE > TIMESTAMP WITH TIME ZONE
s datediff: part VARCHAR, startdate DATE, enddate DATE > BIGINT; part VARCHAR, startdate TIME, enddate TIME > BIGINT; part VARCHAR, startdate TIMESTAMP, enddate TIMESTAMP > BIGINT; part VARCHAR, startdate TIMESTAMP WITH TIME ZONE, enddate TIMESTAMP WITH TIME ZONE > BIGINT
s datepart: ts VARCHAR, col1 DATE > BIGINT; ts VARCHAR, col1 INTERVAL > BIGINT; ts VARCHAR, col1 TIME > BIGINT; ts VARCHAR, col1 TIME WITH TIME ZONE > BIGINT; ts VARCHAR, col1 TIMESTAMP > BIGINT; ts VARCHAR, col1 TIMESTAMP WITH TIME ZONE > BIGINT; ts VARCHAR, col1 TIME_NS > BIGINT; ts VARCHAR[], col1 DATE > STRUCT(); ts VARCHAR[], col1 INTERVAL > STRUCT(); ts VARCHAR[], col1 TIME > STRUCT(); ts VARCHAR[], col1 TIME WITH TIME ZONE > STRUCT(); ts VARCHAR[], col1 TIMESTAMP > STRUCT(); ts VARCHAR[], col1 TIMESTAMP WITH TIME ZONE > STRUCT(); ts VARCHAR[], col1 TIME_NS > STRUCT()
s datesub: part VARCHAR, startdate DATE, enddate DATE > BIGINT; part VARCHAR, startdate TIME, enddate TIME > BIGINT; part VARCHAR, startdate TIMESTAMP, enddate TIMESTAMP > BIGINT; part VARCHAR, startdate TIMESTAMP WITH TIME ZONE, enddate TIMESTAMP WITH TIME ZONE > BIGINT
s datetrunc: part VARCHAR, timestamp INTERVAL > INTERVAL; part VARCHAR, timestamp DATE > TIMESTAMP; part VARCHAR, timestamp TIMESTAMP > TIMESTAMP; part VARCHAR, timestamp TIMESTAMP WITH TIME ZONE > TIMESTAMP WITH TIME ZONE
s day: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s dayname: ts DATE > VARCHAR; ts TIMESTAMP > VARCHAR; ts TIMESTAMP WITH TIME ZONE > VARCHAR
s dayofmonth: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s dayofweek: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s dayofyear: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
m days_in_month: date ANY > ANY
s decade: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s decode: blob BLOB > VARCHAR; blob BLOB, varchar VARCHAR > VARCHAR
s degrees: x DOUBLE > DOUBLE
a dense_rank:  > BIGINT
s divide: col0 BIGINT, col1 BIGINT > BIGINT; col0 DOUBLE, col1 DOUBLE > DOUBLE; col0 FLOAT, col1 FLOAT > FLOAT; col0 HUGEINT, col1 HUGEINT > HUGEINT; col0 INTEGER, col1 INTEGER > INTEGER; col0 SMALLINT, col1 SMALLINT > SMALLINT; col0 TINYINT, col1 TINYINT > TINYINT; col0 UBIGINT, col1 UBIGINT > UBIGINT; col0 UHUGEINT, col1 UHUGEINT > UHUGEINT; col0 UINTEGER, col1 UINTEGER > UINTEGER; col0 USMALLINT, col1 USMALLINT > USMALLINT; col0 UTINYINT, col1 UTINYINT > UTINYINT
s editdist3: s1 VARCHAR, s2 VARCHAR > BIGINT
s element_at: map MAP(K, V), key K > V[]
s encode: string VARCHAR > BLOB
s ends_with: string VARCHAR, search_string VARCHAR > BOOLEAN
a entropy: x ANY > DOUBLE
s epoch: temporal DATE > DOUBLE; temporal INTERVAL > DOUBLE; temporal TIME > DOUBLE; temporal TIME WITH TIME ZONE > DOUBLE; temporal TIMESTAMP > DOUBLE; temporal TIMESTAMP WITH TIME ZONE > DOUBLE; temporal TIME_NS > DOUBLE
s epoch_ms: temporal DATE > BIGINT; temporal INTERVAL > BIGINT; temporal TIME > BIGINT; temporal TIME WITH TIME ZONE > BIGINT; temporal TIMESTAMP > BIGINT; temporal TIMESTAMP WITH TIME ZONE > BIGINT; temporal TIME_NS > BIGINT; temporal BIGINT > TIMESTAMP
s epoch_ns: temporal DATE > BIGINT; temporal INTERVAL > BIGINT; temporal TIME > BIGINT; temporal TIME WITH TIME ZONE > BIGINT; temporal TIMESTAMP > BIGINT; temporal TIMESTAMP WITH TIME ZONE > BIGINT; temporal TIMESTAMP_NS > BIGINT; temporal TIME_NS > BIGINT
s epoch_us: temporal DATE > BIGINT; temporal INTERVAL > BIGINT; temporal TIME > BIGINT; temporal TIME WITH TIME ZONE > BIGINT; temporal TIMESTAMP > BIGINT; temporal TIMESTAMP WITH TIME ZONE > BIGINT; temporal TIME_NS > BIGINT
s era: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s even: x DOUBLE > DOUBLE
s exp: x DOUBLE > DOUBLE
s factorial: x INTEGER > HUGEINT
a favg: x DOUBLE > DOUBLE
m fdiv: x ANY, y ANY > ANY
a fill: col0 T > T
s filter: list ANY[], lambdax LAMBDA > ANY[]
s finalize: col0 AGGREGATE_STATE<?> > INVALID
a first: arg ANY > ANY; arg DECIMAL > DECIMAL; col0 T > T
a first_value: col0 T > T
s flatten: nested_list T[][] > T[]
s floor: x DECIMAL > DECIMAL; x DOUBLE > DOUBLE; x FLOAT > FLOAT
m fmod: x ANY, y ANY > ANY
s format: format VARCHAR, rest ANY... > VARCHAR
s format_bytes: integer BIGINT > VARCHAR
m format_pg_type: logical_type ANY, type_name ANY > ANY
m format_type: type_oid ANY, typemod ANY > ANY
s from_base64: string VARCHAR > BLOB
s from_binary: value VARCHAR > BLOB
s from_hex: value VARCHAR > BLOB
s from_json: col0 JSON, col1 VARCHAR > ANY; col0 VARCHAR, col1 VARCHAR > ANY
s from_json_strict: col0 JSON, col1 VARCHAR > ANY; col0 VARCHAR, col1 VARCHAR > ANY
a fsum: arg DOUBLE > DOUBLE
s gamma: x DOUBLE > DOUBLE
s gcd: x BIGINT, y BIGINT > BIGINT; x HUGEINT, y HUGEINT > HUGEINT
s gen_random_uuid:  > UUID
s generate_series: start BIGINT > BIGINT[]; start BIGINT, stop BIGINT > BIGINT[]; start BIGINT, stop BIGINT, step BIGINT > BIGINT[]; start TIMESTAMP WITH TIME ZONE, stop TIMESTAMP WITH TIME ZONE, step INTERVAL > TIMESTAMP WITH TIME ZONE[]; start TIMESTAMP, stop TIMESTAMP, step INTERVAL > TIMESTAMP[]
t generate_series: col0 BIGINT > ROWS; col0 BIGINT, col1 BIGINT > ROWS; col0 BIGINT, col1 BIGINT, col2 BIGINT > ROWS; col0 TIMESTAMP, col1 TIMESTAMP, col2 INTERVAL > ROWS; col0 TIMESTAMP WITH TIME ZONE, col1 TIMESTAMP WITH TIME ZONE, col2 INTERVAL > ROWS
m generate_subscripts: arr ANY, dim ANY > ANY
m geomean: x ANY > ANY
m geometric_mean: x ANY > ANY
m get_block_size: db_name ANY > ANY
s get_current_time:  > TIME WITH TIME ZONE
s get_current_timestamp:  > TIMESTAMP WITH TIME ZONE
s get_type: expression ANY > TYPE
s getvariable: col0 VARCHAR > ANY
t glob: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
s grade_up: list ANY[] > ANY[]; list ANY[], col1 VARCHAR > ANY[]; list ANY[], col1 VARCHAR, col2 VARCHAR > ANY[]
s greatest: arg1 ANY, rest ANY... > ANY
s greatest_common_divisor: x BIGINT, y BIGINT > BIGINT; x HUGEINT, y HUGEINT > HUGEINT
a group_concat: str ANY > VARCHAR; str ANY, arg VARCHAR > VARCHAR
s hash: value ANY, rest ANY... > UBIGINT
s hex: blob BLOB > VARCHAR; string VARCHAR > VARCHAR; value BIGINT > VARCHAR; value BIGNUM > VARCHAR; value HUGEINT > VARCHAR; value UBIGINT > VARCHAR; value UHUGEINT > VARCHAR
a histogram: arg ANY > MAP; arg ANY, col1 ANY[] > MAP
t histogram: source ANY, col_name ANY, bin_count ANY, technique ANY > ROWS
a histogram_exact: arg ANY, bins ANY[] > MAP
t histogram_values: source ANY, col_name ANY, bin_count ANY, technique ANY > ROWS
s hour: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIME > BIGINT; ts TIME WITH TIME ZONE > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT; ts TIME_NS > BIGINT
s ilike_escape: string VARCHAR, like_specifier VARCHAR, escape_character VARCHAR > BOOLEAN
s instr: string VARCHAR, search_string VARCHAR > BIGINT
s isfinite: x DATE > BOOLEAN; x DOUBLE > BOOLEAN; x FLOAT > BOOLEAN; x TIMESTAMP > BOOLEAN; x TIMESTAMP WITH TIME ZONE > BOOLEAN
s isinf: x DATE > BOOLEAN; x DOUBLE > BOOLEAN; x FLOAT > BOOLEAN; x TIMESTAMP > BOOLEAN; x TIMESTAMP WITH TIME ZONE > BOOLEAN
s isnan: x DOUBLE > BOOLEAN; x FLOAT > BOOLEAN
s isodow: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s isoyear: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
m json: x ANY > ANY
s json_array: rest ANY... > JSON
s json_array_length: col0 JSON > UBIGINT; col0 VARCHAR > UBIGINT; col0 JSON, col1 VARCHAR > UBIGINT; col0 VARCHAR, col1 VARCHAR > UBIGINT; col0 JSON, col1 VARCHAR[] > UBIGINT[]; col0 VARCHAR, col1 VARCHAR[] > UBIGINT[]
s json_contains: col0 JSON, col1 JSON > BOOLEAN; col0 JSON, col1 VARCHAR > BOOLEAN; col0 VARCHAR, col1 JSON > BOOLEAN; col0 VARCHAR, col1 VARCHAR > BOOLEAN
t json_each: col0 JSON > ROWS; col0 VARCHAR > ROWS; col0 JSON, col1 VARCHAR > ROWS; col0 VARCHAR, col1 VARCHAR > ROWS
s json_exists: col0 JSON, col1 VARCHAR > BOOLEAN; col0 VARCHAR, col1 VARCHAR > BOOLEAN; col0 JSON, col1 VARCHAR[] > BOOLEAN[]; col0 VARCHAR, col1 VARCHAR[] > BOOLEAN[]
s json_extract: col0 JSON, col1 BIGINT > JSON; col0 JSON, col1 VARCHAR > JSON; col0 VARCHAR, col1 BIGINT > JSON; col0 VARCHAR, col1 VARCHAR > JSON; col0 JSON, col1 VARCHAR[] > JSON[]; col0 VARCHAR, col1 VARCHAR[] > JSON[]
s json_extract_path: col0 JSON, col1 BIGINT > JSON; col0 JSON, col1 VARCHAR > JSON; col0 VARCHAR, col1 BIGINT > JSON; col0 VARCHAR, col1 VARCHAR > JSON; col0 JSON, col1 VARCHAR[] > JSON[]; col0 VARCHAR, col1 VARCHAR[] > JSON[]
s json_extract_path_text: col0 JSON, col1 BIGINT > VARCHAR; col0 JSON, col1 VARCHAR > VARCHAR; col0 VARCHAR, col1 BIGINT > VARCHAR; col0 VARCHAR, col1 VARCHAR > VARCHAR; col0 JSON, col1 VARCHAR[] > VARCHAR[]; col0 VARCHAR, col1 VARCHAR[] > VARCHAR[]
s json_extract_string: col0 JSON, col1 BIGINT > VARCHAR; col0 JSON, col1 VARCHAR > VARCHAR; col0 VARCHAR, col1 BIGINT > VARCHAR; col0 VARCHAR, col1 VARCHAR > VARCHAR; col0 JSON, col1 VARCHAR[] > VARCHAR[]; col0 VARCHAR, col1 VARCHAR[] > VARCHAR[]
m json_group_array: x ANY > ANY
m json_group_object: n ANY, v ANY > ANY
m json_group_structure: x ANY > ANY
s json_keys: col0 JSON > VARCHAR[]; col0 VARCHAR > VARCHAR[]; col0 JSON, col1 VARCHAR > VARCHAR[]; col0 VARCHAR, col1 VARCHAR > VARCHAR[]; col0 JSON, col1 VARCHAR[] > VARCHAR[][]; col0 VARCHAR, col1 VARCHAR[] > VARCHAR[][]
s json_merge_patch: col0 JSON, col1 JSON, rest JSON... > JSON
s json_object: rest ANY... > JSON
s json_pretty: col0 JSON > VARCHAR
s json_quote: rest ANY... > JSON
s json_structure: col0 JSON > JSON; col0 VARCHAR > JSON
s json_transform: col0 JSON, col1 VARCHAR > ANY; col0 VARCHAR, col1 VARCHAR > ANY
s json_transform_strict: col0 JSON, col1 VARCHAR > ANY; col0 VARCHAR, col1 VARCHAR > ANY
t json_tree: col0 JSON > ROWS; col0 VARCHAR > ROWS; col0 JSON, col1 VARCHAR > ROWS; col0 VARCHAR, col1 VARCHAR > ROWS
s json_type: col0 JSON > VARCHAR; col0 VARCHAR > VARCHAR; col0 JSON, col1 VARCHAR > VARCHAR; col0 VARCHAR, col1 VARCHAR > VARCHAR; col0 JSON, col1 VARCHAR[] > VARCHAR[]; col0 VARCHAR, col1 VARCHAR[] > VARCHAR[]
s json_valid: col0 JSON > BOOLEAN; col0 VARCHAR > BOOLEAN
s json_value: col0 JSON, col1 BIGINT > VARCHAR; col0 JSON, col1 VARCHAR > VARCHAR; col0 VARCHAR, col1 BIGINT > VARCHAR; col0 VARCHAR, col1 VARCHAR > VARCHAR; col0 JSON, col1 VARCHAR[] > VARCHAR[]; col0 VARCHAR, col1 VARCHAR[] > VARCHAR[]
s julian: ts DATE > DOUBLE; ts TIMESTAMP > DOUBLE; ts TIMESTAMP WITH TIME ZONE > DOUBLE
a kahan_sum: arg DOUBLE > DOUBLE
a kurtosis: x DOUBLE > DOUBLE
a kurtosis_pop: x DOUBLE > DOUBLE
a lag: col0 T, col1 BIGINT, col2 T > T
a last: arg ANY > ANY; arg DECIMAL > DECIMAL; col0 T > T
s last_day: ts DATE > DATE; ts TIMESTAMP > DATE; ts TIMESTAMP WITH TIME ZONE > DATE
a last_value: col0 T > T
s lcase: string VARCHAR > VARCHAR
s lcm: x BIGINT, y BIGINT > BIGINT; x HUGEINT, y HUGEINT > HUGEINT
a lead: col0 T, col1 BIGINT, col2 T > T
s least: arg1 ANY, rest ANY... > ANY
s least_common_multiple: x BIGINT, y BIGINT > BIGINT; x HUGEINT, y HUGEINT > HUGEINT
s left: string VARCHAR, count BIGINT > VARCHAR
s len: bit BIT > BIGINT; list ANY[] > BIGINT; string VARCHAR > BIGINT
s length: bit BIT > BIGINT; list ANY[] > BIGINT; string VARCHAR > BIGINT
s levenshtein: s1 VARCHAR, s2 VARCHAR > BIGINT
s lgamma: x DOUBLE > DOUBLE
s like_escape: string VARCHAR, like_specifier VARCHAR, escape_character VARCHAR > BOOLEAN
a list: arg T > T[]
s list_aggr: list ANY[], function_name VARCHAR, rest ANY... > ANY
s list_aggregate: list ANY[], function_name VARCHAR, rest ANY... > ANY
m list_any_value: l ANY > ANY
m list_append: l ANY, e ANY > ANY
s list_apply: list ANY[], lambdax LAMBDA > ANY[]
m list_approx_count_distinct: l ANY > ANY
m list_avg: l ANY > ANY
m list_bit_and: l ANY > ANY
m list_bit_or: l ANY > ANY
m list_bit_xor: l ANY > ANY
m list_bool_and: l ANY > ANY
m list_bool_or: l ANY > ANY
s list_cat: rest ANY[]... > ANY[]
s list_concat: rest ANY[]... > ANY[]
s list_contains: list T[], element T > BOOLEAN
m list_count: l ANY > ANY
s list_distance: list1 DOUBLE[], list2 DOUBLE[] > DOUBLE; list1 FLOAT[], list2 FLOAT[] > FLOAT
s list_distinct: list T[] > T[]
s list_dot_product: list1 DOUBLE[], list2 DOUBLE[] > DOUBLE; list1 FLOAT[], list2 FLOAT[] > FLOAT
s list_element: list T[], index BIGINT > T; list VARCHAR, index BIGINT > VARCHAR
m list_entropy: l ANY > ANY
s list_extract: list T[], index BIGINT > T; list VARCHAR, index BIGINT > VARCHAR
s list_filter: list ANY[], lambdax LAMBDA > ANY[]
m list_first: l ANY > ANY
s list_grade_up: list ANY[] > ANY[]; list ANY[], col1 VARCHAR > ANY[]; list ANY[], col1 VARCHAR, col2 VARCHAR > ANY[]
s list_has: list T[], element T > BOOLEAN
s list_has_all: list1 T[], list2 T[] > BOOLEAN
s list_has_any: list1 T[], list2 T[] > BOOLEAN
m list_histogram: l ANY > ANY
s list_indexof: list T[], element T > INTEGER
s list_intersect: list1 T[], list2 T[] > T[]
m list_kurtosis: l ANY > ANY
m list_kurtosis_pop: l ANY > ANY
m list_last: l ANY > ANY
m list_mad: l ANY > ANY
m list_max: l ANY > ANY
m list_median: l ANY > ANY
m list_min: l ANY > ANY
m list_mode: l ANY > ANY
s list_pack:  > "NULL"[]; any T, rest T... > T[]
s list_position: list T[], element T > INTEGER
m list_prepend: e ANY, l ANY > ANY
m list_product: l ANY > ANY
s list_reduce: list ANY[], lambdaxy LAMBDA > ANY; list ANY[], lambdaxy LAMBDA, initial_value ANY > ANY
s list_resize: list ANY[], size ANY > ANY[]; list ANY[], size ANY, value ANY > ANY[]
m list_reverse: l ANY > ANY
s list_reverse_sort: list ANY[] > ANY[]; list ANY[], col1 VARCHAR > ANY[]
s list_select: value_list T[], index_list BIGINT[] > T[]
m list_sem: l ANY > ANY
m list_skewness: l ANY > ANY
s list_slice: list ANY, begin ANY, end ANY > ANY; list ANY, begin ANY, end ANY, step BIGINT > ANY
s list_sort: list ANY[] > ANY[]; list ANY[], col1 VARCHAR > ANY[]; list ANY[], col1 VARCHAR, col2 VARCHAR > ANY[]
m list_stddev_pop: l ANY > ANY
m list_stddev_samp: l ANY > ANY
m list_string_agg: l ANY > ANY
m list_sum: l ANY > ANY
s list_transform: list ANY[], lambdax LAMBDA > ANY[]
s list_unique: list ANY[] > UBIGINT
s list_value:  > "NULL"[]; any T, rest T... > T[]
m list_var_pop: l ANY > ANY
m list_var_samp: l ANY > ANY
s list_where: value_list T[], mask_list BOOLEAN[] > T[]
s list_zip: rest ANY... > STRUCT[]
a listagg: str ANY > VARCHAR; str ANY, arg VARCHAR > VARCHAR
s ln: x DOUBLE > DOUBLE
s log: b DOUBLE > DOUBLE; b DOUBLE, x DOUBLE > DOUBLE
s log10: x DOUBLE > DOUBLE
s log2: x DOUBLE > DOUBLE
s lower: string VARCHAR > VARCHAR
s lpad: string VARCHAR, count INTEGER, character VARCHAR > VARCHAR
s ltrim: string VARCHAR > VARCHAR; string VARCHAR, characters VARCHAR > VARCHAR
a mad: x DECIMAL > DECIMAL; x DOUBLE > DOUBLE; x FLOAT > FLOAT; x DATE > INTERVAL; x TIME > INTERVAL; x TIME WITH TIME ZONE > INTERVAL; x TIMESTAMP > INTERVAL; x TIMESTAMP WITH TIME ZONE > INTERVAL
s make_date: col0 INTEGER > DATE; datestruct STRUCT("year" BIGINT, "month" BIGINT, "day" BIGINT) > DATE; year BIGINT, month BIGINT, day BIGINT > DATE
s make_time: hour BIGINT, minute BIGINT, seconds DOUBLE > TIME
s make_timestamp: year BIGINT > TIMESTAMP; year BIGINT, month BIGINT, day BIGINT, hour BIGINT, minute BIGINT, seconds DOUBLE > TIMESTAMP
s make_timestamp_ms: nanos BIGINT > TIMESTAMP
s make_timestamp_ns: nanos BIGINT > TIMESTAMP_NS
s make_timestamptz: col0 BIGINT > TIMESTAMP WITH TIME ZONE; col0 BIGINT, col1 BIGINT, col2 BIGINT, col3 BIGINT, col4 BIGINT, col5 DOUBLE > TIMESTAMP WITH TIME ZONE; col0 BIGINT, col1 BIGINT, col2 BIGINT, col3 BIGINT, col4 BIGINT, col5 DOUBLE, col6 VARCHAR > TIMESTAMP WITH TIME ZONE
s make_type: name VARCHAR, rest ANY... > TYPE
s map:  > MAP("NULL", "NULL"); keys K[], values V[] > MAP(K, V)
s map_concat: rest ANY... > LIST
s map_contains: map MAP(K, V), key K > BOOLEAN
m map_contains_entry: map ANY, key ANY, value ANY > ANY
m map_contains_value: map ANY, value ANY > ANY
s map_entries: map MAP(K, V) > STRUCT("key" K, "value" V)[]
s map_extract: map MAP(K, V), key K > V[]
s map_extract_value: map MAP(K, V), key K > V
s map_from_entries: map STRUCT(K, V)[] > MAP(K, V)
s map_keys: map MAP(K, V) > K[]
m map_to_pg_oid: type_name ANY > ANY
s map_values: map MAP(K, V) > V[]
a max: arg ANY > ANY; arg ANY, col1 BIGINT > ANY[]
a max_by: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
s md5: blob BLOB > VARCHAR; string VARCHAR > VARCHAR
s md5_number: blob BLOB > UHUGEINT; string VARCHAR > UHUGEINT
m md5_number_lower: param ANY > ANY
m md5_number_upper: param ANY > ANY
a mean: x DECIMAL > DECIMAL; x BIGINT > DOUBLE; x DOUBLE > DOUBLE; x HUGEINT > DOUBLE; x INTEGER > DOUBLE; x SMALLINT > DOUBLE; x INTERVAL > INTERVAL; x TIME > TIME; x TIME WITH TIME ZONE > TIME WITH TIME ZONE; x TIMESTAMP > TIMESTAMP; x TIMESTAMP WITH TIME ZONE > TIMESTAMP WITH TIME ZONE
a median: x ANY > ANY
s microsecond: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIME > BIGINT; ts TIME WITH TIME ZONE > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT; ts TIME_NS > BIGINT
s millennium: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s millisecond: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIME > BIGINT; ts TIME WITH TIME ZONE > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT; ts TIME_NS > BIGINT
a min: arg ANY > ANY; arg ANY, col1 BIGINT > ANY[]
a min_by: arg DECIMAL, val INTEGER > DECIMAL; arg DECIMAL, val TIMESTAMP > DECIMAL; arg DECIMAL, val TIMESTAMP WITH TIME ZONE > DECIMAL; arg DECIMAL, val VARCHAR > DECIMAL
s minute: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIME > BIGINT; ts TIME WITH TIME ZONE > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT; ts TIME_NS > BIGINT
s mod: col0 BIGINT, col1 BIGINT > BIGINT; col0 DECIMAL, col1 DECIMAL > DECIMAL; col0 DOUBLE, col1 DOUBLE > DOUBLE; col0 FLOAT, col1 FLOAT > FLOAT; col0 HUGEINT, col1 HUGEINT > HUGEINT; col0 INTEGER, col1 INTEGER > INTEGER; col0 SMALLINT, col1 SMALLINT > SMALLINT; col0 TINYINT, col1 TINYINT > TINYINT; col0 UBIGINT, col1 UBIGINT > UBIGINT; col0 UHUGEINT, col1 UHUGEINT > UHUGEINT; col0 UINTEGER, col1 UINTEGER > UINTEGER; col0 USMALLINT, col1 USMALLINT > USMALLINT; col0 UTINYINT, col1 UTINYINT > UTINYINT
a mode: x ANY > ANY
s month: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s monthname: ts DATE > VARCHAR; ts TIMESTAMP > VARCHAR; ts TIMESTAMP WITH TIME ZONE > VARCHAR
s multiply: col0 BIGINT, col1 BIGINT > BIGINT; col0 DECIMAL, col1 DECIMAL > DECIMAL; col0 DOUBLE, col1 DOUBLE > DOUBLE; col0 FLOAT, col1 FLOAT > FLOAT; col0 HUGEINT, col1 HUGEINT > HUGEINT; col0 INTEGER, col1 INTEGER > INTEGER; col0 BIGINT, col1 INTERVAL > INTERVAL; col0 DOUBLE, col1 INTERVAL > INTERVAL; col0 INTERVAL, col1 BIGINT > INTERVAL; col0 INTERVAL, col1 DOUBLE > INTERVAL; col0 SMALLINT, col1 SMALLINT > SMALLINT; col0 TINYINT, col1 TINYINT > TINYINT; col0 UBIGINT, col1 UBIGINT > UBIGINT; col0 UHUGEINT, col1 UHUGEINT > UHUGEINT; col0 UINTEGER, col1 UINTEGER > UINTEGER; col0 USMALLINT, col1 USMALLINT > USMALLINT; col0 UTINYINT, col1 UTINYINT > UTINYINT
s nanosecond: tsns DATE > BIGINT; tsns INTERVAL > BIGINT; tsns TIME > BIGINT; tsns TIME WITH TIME ZONE > BIGINT; tsns TIMESTAMP > BIGINT; tsns TIMESTAMP WITH TIME ZONE > BIGINT; tsns TIMESTAMP_NS > BIGINT; tsns TIME_NS > BIGINT
s nextafter: x DOUBLE, y DOUBLE > DOUBLE; x FLOAT, y FLOAT > FLOAT
s nfc_normalize: string VARCHAR > VARCHAR
s normalized_interval: interval INTERVAL > INTERVAL
s not_ilike_escape: string VARCHAR, like_specifier VARCHAR, escape_character VARCHAR > BOOLEAN
s not_like_escape: string VARCHAR, like_specifier VARCHAR, escape_character VARCHAR > BOOLEAN
s now:  > TIMESTAMP WITH TIME ZONE
a nth_value: col0 T, col1 BIGINT > T
a ntile: col0 BIGINT > BIGINT
m nullif: a ANY, b ANY > ANY
s octet_length: bitstring BIT > BIGINT; blob BLOB > BIGINT
s ord: string VARCHAR > INTEGER
t parquet_bloom_probe: col0 VARCHAR, col1 VARCHAR, col2 ANY > ROWS; col0 VARCHAR[], col1 VARCHAR, col2 ANY > ROWS
t parquet_file_metadata: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
t parquet_full_metadata: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
t parquet_kv_metadata: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
t parquet_metadata: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
t parquet_scan: col0 VARCHAR, can_have_nan BOOLEAN, filename ANY, union_by_name BOOLEAN, debug_use_openssl BOOLEAN, hive_partitioning BOOLEAN, parquet_version VARCHAR, encryption_config ANY, hive_types_autocast BOOLEAN, binary_as_string BOOLEAN, explicit_cardinality UBIGINT, compression VARCHAR, file_row_number BOOLEAN, hive_types ANY, schema ANY > ROWS; col0 VARCHAR[], can_have_nan BOOLEAN, filename ANY, union_by_name BOOLEAN, debug_use_openssl BOOLEAN, hive_partitioning BOOLEAN, parquet_version VARCHAR, encryption_config ANY, hive_types_autocast BOOLEAN, binary_as_string BOOLEAN, explicit_cardinality UBIGINT, compression VARCHAR, file_row_number BOOLEAN, hive_types ANY, schema ANY > ROWS
t parquet_schema: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
s parse_dirname: path VARCHAR > VARCHAR; path VARCHAR, separator VARCHAR > VARCHAR
s parse_dirpath: path VARCHAR > VARCHAR; path VARCHAR, separator VARCHAR > VARCHAR
s parse_filename: string VARCHAR > VARCHAR; string VARCHAR, trim_extension BOOLEAN > VARCHAR; string VARCHAR, trim_extension VARCHAR > VARCHAR; string VARCHAR, trim_extension BOOLEAN, separator VARCHAR > VARCHAR
s parse_formatted_bytes: string VARCHAR > UBIGINT
s parse_path: path VARCHAR > VARCHAR[]; path VARCHAR, separator VARCHAR > VARCHAR[]
a percent_rank:  > DOUBLE
s pi:  > DOUBLE
s position: string VARCHAR, search_string VARCHAR > BIGINT
s pow: x DOUBLE, y DOUBLE > DOUBLE
s power: x DOUBLE, y DOUBLE > DOUBLE
s prefix: string VARCHAR, search_string VARCHAR > BOOLEAN
s printf: format VARCHAR, rest ANY... > VARCHAR
a product: arg DOUBLE > DOUBLE
a quantile: x ANY > ANY; x ANY, pos DOUBLE > ANY; x ANY, pos DOUBLE[] > ANY
a quantile_cont: x DECIMAL, pos DOUBLE > DECIMAL; x DECIMAL, pos DOUBLE[] > DECIMAL
a quantile_disc: x ANY > ANY; x ANY, pos DOUBLE > ANY; x ANY, pos DOUBLE[] > ANY
s quarter: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
t query: col0 VARCHAR > ROWS
t query_table: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS; col0 VARCHAR[], col1 BOOLEAN > ROWS
s radians: x DOUBLE > DOUBLE
s random:  > DOUBLE
s range: start BIGINT > BIGINT[]; start BIGINT, stop BIGINT > BIGINT[]; start BIGINT, stop BIGINT, step BIGINT > BIGINT[]; start TIMESTAMP WITH TIME ZONE, stop TIMESTAMP WITH TIME ZONE, step INTERVAL > TIMESTAMP WITH TIME ZONE[]; start TIMESTAMP, stop TIMESTAMP, step INTERVAL > TIMESTAMP[]
t range: col0 BIGINT > ROWS; col0 BIGINT, col1 BIGINT > ROWS; col0 BIGINT, col1 BIGINT, col2 BIGINT > ROWS; col0 TIMESTAMP, col1 TIMESTAMP, col2 INTERVAL > ROWS; col0 TIMESTAMP WITH TIME ZONE, col1 TIMESTAMP WITH TIME ZONE, col2 INTERVAL > ROWS
a rank:  > BIGINT
a rank_dense:  > BIGINT
t read_blob: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
t read_csv: col0 VARCHAR, thousands VARCHAR, strict_mode BOOLEAN, dtypes ANY, column_types ANY, null_padding BOOLEAN, column_names VARCHAR[], buffer_size UBIGINT, parallel BOOLEAN, force_not_null VARCHAR[], hive_types ANY, new_line VARCHAR, files_to_sniff BIGINT, dateformat VARCHAR, delim VARCHAR, sep VARCHAR, decimal_separator VARCHAR, nullstr ANY, escape VARCHAR, compression VARCHAR, encoding VARCHAR, hive_types_autocast BOOLEAN, all_varchar BOOLEAN, columns ANY, hive_partitioning BOOLEAN, auto_detect BOOLEAN, comment VARCHAR, quote VARCHAR, max_line_size VARCHAR, store_rejects BOOLEAN, union_by_name BOOLEAN, header BOOLEAN, types ANY, skip BIGINT, filename ANY, sample_size BIGINT, timestampformat VARCHAR, normalize_names BOOLEAN, ignore_errors BOOLEAN, names VARCHAR[], allow_quoted_nulls BOOLEAN, maximum_line_size VARCHAR, rejects_table VARCHAR, auto_type_candidates ANY, rejects_scan VARCHAR, rejects_limit BIGINT > ROWS; col0 VARCHAR[], thousands VARCHAR, strict_mode BOOLEAN, dtypes ANY, column_types ANY, null_padding BOOLEAN, column_names VARCHAR[], buffer_size UBIGINT, parallel BOOLEAN, force_not_null VARCHAR[], hive_types ANY, new_line VARCHAR, files_to_sniff BIGINT, dateformat VARCHAR, delim VARCHAR, sep VARCHAR, decimal_separator VARCHAR, nullstr ANY, escape VARCHAR, compression VARCHAR, encoding VARCHAR, hive_types_autocast BOOLEAN, all_varchar BOOLEAN, columns ANY, hive_partitioning BOOLEAN, auto_detect BOOLEAN, comment VARCHAR, quote VARCHAR, max_line_size VARCHAR, store_rejects BOOLEAN, union_by_name BOOLEAN, header BOOLEAN, types ANY, skip BIGINT, filename ANY, sample_size BIGINT, timestampformat VARCHAR, normalize_names BOOLEAN, ignore_errors BOOLEAN, names VARCHAR[], allow_quoted_nulls BOOLEAN, maximum_line_size VARCHAR, rejects_table VARCHAR, auto_type_candidates ANY, rejects_scan VARCHAR, rejects_limit BIGINT > ROWS
t read_csv_auto: col0 VARCHAR, thousands VARCHAR, strict_mode BOOLEAN, dtypes ANY, column_types ANY, null_padding BOOLEAN, column_names VARCHAR[], buffer_size UBIGINT, parallel BOOLEAN, force_not_null VARCHAR[], hive_types ANY, new_line VARCHAR, files_to_sniff BIGINT, dateformat VARCHAR, delim VARCHAR, sep VARCHAR, decimal_separator VARCHAR, nullstr ANY, escape VARCHAR, compression VARCHAR, encoding VARCHAR, hive_types_autocast BOOLEAN, all_varchar BOOLEAN, columns ANY, hive_partitioning BOOLEAN, auto_detect BOOLEAN, comment VARCHAR, quote VARCHAR, max_line_size VARCHAR, store_rejects BOOLEAN, union_by_name BOOLEAN, header BOOLEAN, types ANY, skip BIGINT, filename ANY, sample_size BIGINT, timestampformat VARCHAR, normalize_names BOOLEAN, ignore_errors BOOLEAN, names VARCHAR[], allow_quoted_nulls BOOLEAN, maximum_line_size VARCHAR, rejects_table VARCHAR, auto_type_candidates ANY, rejects_scan VARCHAR, rejects_limit BIGINT > ROWS; col0 VARCHAR[], thousands VARCHAR, strict_mode BOOLEAN, dtypes ANY, column_types ANY, null_padding BOOLEAN, column_names VARCHAR[], buffer_size UBIGINT, parallel BOOLEAN, force_not_null VARCHAR[], hive_types ANY, new_line VARCHAR, files_to_sniff BIGINT, dateformat VARCHAR, delim VARCHAR, sep VARCHAR, decimal_separator VARCHAR, nullstr ANY, escape VARCHAR, compression VARCHAR, encoding VARCHAR, hive_types_autocast BOOLEAN, all_varchar BOOLEAN, columns ANY, hive_partitioning BOOLEAN, auto_detect BOOLEAN, comment VARCHAR, quote VARCHAR, max_line_size VARCHAR, store_rejects BOOLEAN, union_by_name BOOLEAN, header BOOLEAN, types ANY, skip BIGINT, filename ANY, sample_size BIGINT, timestampformat VARCHAR, normalize_names BOOLEAN, ignore_errors BOOLEAN, names VARCHAR[], allow_quoted_nulls BOOLEAN, maximum_line_size VARCHAR, rejects_table VARCHAR, auto_type_candidates ANY, rejects_scan VARCHAR, rejects_limit BIGINT > ROWS
t read_duckdb: col0 VARCHAR, table_name VARCHAR, schema_name VARCHAR, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, union_by_name BOOLEAN, filename ANY > ROWS; col0 VARCHAR[], table_name VARCHAR, schema_name VARCHAR, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, union_by_name BOOLEAN, filename ANY > ROWS
t read_json: col0 VARCHAR, convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS; col0 VARCHAR[], convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS
t read_json_auto: col0 VARCHAR, convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS; col0 VARCHAR[], convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS
t read_json_objects: col0 VARCHAR, ignore_errors BOOLEAN, format VARCHAR, maximum_object_size UINTEGER, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, compression VARCHAR, union_by_name BOOLEAN, filename ANY > ROWS; col0 VARCHAR[], ignore_errors BOOLEAN, format VARCHAR, maximum_object_size UINTEGER, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, compression VARCHAR, union_by_name BOOLEAN, filename ANY > ROWS
t read_json_objects_auto: col0 VARCHAR, ignore_errors BOOLEAN, format VARCHAR, maximum_object_size UINTEGER, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, compression VARCHAR, union_by_name BOOLEAN, filename ANY > ROWS; col0 VARCHAR[], ignore_errors BOOLEAN, format VARCHAR, maximum_object_size UINTEGER, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, compression VARCHAR, union_by_name BOOLEAN, filename ANY > ROWS
t read_ndjson: col0 VARCHAR, convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS; col0 VARCHAR[], convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS
t read_ndjson_auto: col0 VARCHAR, convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS; col0 VARCHAR[], convert_strings_to_integers BOOLEAN, maximum_sample_files BIGINT, timestamp_format VARCHAR, field_appearance_threshold DOUBLE, timestampformat VARCHAR, map_inference_threshold BIGINT, date_format VARCHAR, filename ANY, union_by_name BOOLEAN, compression VARCHAR, maximum_depth BIGINT, columns ANY, sample_size BIGINT, hive_types ANY, hive_types_autocast BOOLEAN, maximum_object_size UINTEGER, format VARCHAR, ignore_errors BOOLEAN, hive_partitioning BOOLEAN, auto_detect BOOLEAN, records VARCHAR, dateformat VARCHAR > ROWS
t read_ndjson_objects: col0 VARCHAR, ignore_errors BOOLEAN, format VARCHAR, maximum_object_size UINTEGER, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, compression VARCHAR, union_by_name BOOLEAN, filename ANY > ROWS; col0 VARCHAR[], ignore_errors BOOLEAN, format VARCHAR, maximum_object_size UINTEGER, hive_types_autocast BOOLEAN, hive_types ANY, hive_partitioning BOOLEAN, compression VARCHAR, union_by_name BOOLEAN, filename ANY > ROWS
t read_parquet: col0 VARCHAR, can_have_nan BOOLEAN, filename ANY, union_by_name BOOLEAN, debug_use_openssl BOOLEAN, hive_partitioning BOOLEAN, parquet_version VARCHAR, encryption_config ANY, hive_types_autocast BOOLEAN, binary_as_string BOOLEAN, explicit_cardinality UBIGINT, compression VARCHAR, file_row_number BOOLEAN, hive_types ANY, schema ANY > ROWS; col0 VARCHAR[], can_have_nan BOOLEAN, filename ANY, union_by_name BOOLEAN, debug_use_openssl BOOLEAN, hive_partitioning BOOLEAN, parquet_version VARCHAR, encryption_config ANY, hive_types_autocast BOOLEAN, binary_as_string BOOLEAN, explicit_cardinality UBIGINT, compression VARCHAR, file_row_number BOOLEAN, hive_types ANY, schema ANY > ROWS
t read_text: col0 VARCHAR > ROWS; col0 VARCHAR[] > ROWS
s reduce: list ANY[], lambdaxy LAMBDA > ANY; list ANY[], lambdaxy LAMBDA, initial_value ANY > ANY
s regexp_escape: string VARCHAR > VARCHAR
s regexp_extract: string VARCHAR, regex VARCHAR > VARCHAR; string VARCHAR, regex VARCHAR, group INTEGER > VARCHAR; string VARCHAR, regex VARCHAR, group INTEGER, options VARCHAR > VARCHAR; string VARCHAR, regex VARCHAR, name_list VARCHAR[] > VARCHAR; string VARCHAR, regex VARCHAR, name_list VARCHAR[], options VARCHAR > VARCHAR
s regexp_extract_all: string VARCHAR, regex VARCHAR > VARCHAR[]; string VARCHAR, regex VARCHAR, group INTEGER > VARCHAR[]; string VARCHAR, regex VARCHAR, group VARCHAR[] > VARCHAR[]; string VARCHAR, regex VARCHAR, group INTEGER, options VARCHAR > VARCHAR[]; string VARCHAR, regex VARCHAR, group VARCHAR[], options VARCHAR > VARCHAR[]
s regexp_full_match: string VARCHAR, regex VARCHAR > BOOLEAN; string VARCHAR, regex VARCHAR, col2 VARCHAR > BOOLEAN
s regexp_matches: string VARCHAR, regex VARCHAR > BOOLEAN; string VARCHAR, regex VARCHAR, options VARCHAR > BOOLEAN
s regexp_replace: string VARCHAR, regex VARCHAR, replacement VARCHAR > VARCHAR; string VARCHAR, regex VARCHAR, replacement VARCHAR, options VARCHAR > VARCHAR
s regexp_split_to_array: string VARCHAR, regex VARCHAR > VARCHAR[]; string VARCHAR, regex VARCHAR, options VARCHAR > VARCHAR[]
m regexp_split_to_table: text ANY, pattern ANY > ANY
a regr_avgx: y DOUBLE, x DOUBLE > DOUBLE
a regr_avgy: y DOUBLE, x DOUBLE > DOUBLE
a regr_count: y DOUBLE, x DOUBLE > UINTEGER
a regr_intercept: y DOUBLE, x DOUBLE > DOUBLE
a regr_r2: y DOUBLE, x DOUBLE > DOUBLE
a regr_slope: y DOUBLE, x DOUBLE > DOUBLE
a regr_sxx: y DOUBLE, x DOUBLE > DOUBLE
a regr_sxy: y DOUBLE, x DOUBLE > DOUBLE
a regr_syy: y DOUBLE, x DOUBLE > DOUBLE
s repeat: blob BLOB, count BIGINT > BLOB; col0 T[], col1 BIGINT > T[]; string VARCHAR, count BIGINT > VARCHAR
t repeat: col0 ANY, col1 BIGINT > ROWS
s replace: string VARCHAR, source VARCHAR, target VARCHAR > VARCHAR
s replace_type: param ANY, type1 ANY, type2 ANY > ANY
a reservoir_quantile: x DECIMAL, quantile DOUBLE > DECIMAL; x DECIMAL, quantile DOUBLE, sample_size INTEGER > DECIMAL
s reverse: string VARCHAR > VARCHAR
s right: string VARCHAR, count BIGINT > VARCHAR
s round: x BIGINT > BIGINT; x BIGINT, precision INTEGER > BIGINT; x DECIMAL > DECIMAL; x DECIMAL, precision INTEGER > DECIMAL; x DOUBLE > DOUBLE; x DOUBLE, precision INTEGER > DOUBLE; x FLOAT > FLOAT; x FLOAT, precision INTEGER > FLOAT; x HUGEINT > HUGEINT; x HUGEINT, precision INTEGER > HUGEINT; x INTEGER > INTEGER; x INTEGER, precision INTEGER > INTEGER; x SMALLINT > SMALLINT; x SMALLINT, precision INTEGER > SMALLINT; x TINYINT > TINYINT; x TINYINT, precision INTEGER > TINYINT
m round_even: x ANY, n ANY > ANY
m roundbankers: x ANY, n ANY > ANY
s row: rest ANY... > STRUCT
a row_number:  > BIGINT
s row_to_json: rest ANY... > JSON
s rpad: string VARCHAR, count INTEGER, character VARCHAR > VARCHAR
s rtrim: string VARCHAR > VARCHAR; string VARCHAR, characters VARCHAR > VARCHAR
s second: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIME > BIGINT; ts TIME WITH TIME ZONE > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT; ts TIME_NS > BIGINT
a sem: x DOUBLE > DOUBLE
m session_user:  > ANY
s setseed: col0 DOUBLE > "NULL"
s sha1: blob BLOB > VARCHAR; value VARCHAR > VARCHAR
s sha256: blob BLOB > VARCHAR; value VARCHAR > VARCHAR
s sign: x BIGINT > TINYINT; x DOUBLE > TINYINT; x FLOAT > TINYINT; x HUGEINT > TINYINT; x INTEGER > TINYINT; x SMALLINT > TINYINT; x TINYINT > TINYINT; x UBIGINT > TINYINT; x UHUGEINT > TINYINT; x UINTEGER > TINYINT; x USMALLINT > TINYINT; x UTINYINT > TINYINT
s signbit: x DOUBLE > BOOLEAN; x FLOAT > BOOLEAN
s sin: x DOUBLE > DOUBLE
s sinh: x DOUBLE > DOUBLE
a skewness: x DOUBLE > DOUBLE
s sleep_ms: milliseconds BIGINT > "NULL"
s split: string VARCHAR, separator VARCHAR > VARCHAR[]
m split_part: string ANY, delimiter ANY, position ANY > ANY
s sqrt: x DOUBLE > DOUBLE
s st_asbinary: geom GEOMETRY > BLOB
s st_astext: geom GEOMETRY > VARCHAR
s st_aswkb: geom GEOMETRY > BLOB
s st_aswkt: geom GEOMETRY > VARCHAR
s st_crs: geom GEOMETRY > VARCHAR
s st_geomfromwkb: wkb BLOB > GEOMETRY
s st_intersects_extent: geom1 GEOMETRY, geom2 GEOMETRY > BOOLEAN
s st_setcrs: geom GEOMETRY, crs VARCHAR > GEOMETRY
s starts_with: string VARCHAR, search_string VARCHAR > BOOLEAN
s stats: expression ANY > VARCHAR
a stddev: x DOUBLE > DOUBLE
a stddev_pop: x DOUBLE > DOUBLE
a stddev_samp: x DOUBLE > DOUBLE
s str_split: string VARCHAR, separator VARCHAR > VARCHAR[]
s str_split_regex: string VARCHAR, regex VARCHAR > VARCHAR[]; string VARCHAR, regex VARCHAR, options VARCHAR > VARCHAR[]
s strftime: data DATE, format VARCHAR > VARCHAR; data TIMESTAMP, format VARCHAR > VARCHAR; data TIMESTAMP WITH TIME ZONE, format VARCHAR > VARCHAR; data TIMESTAMP_NS, format VARCHAR > VARCHAR; data VARCHAR, format DATE > VARCHAR; data VARCHAR, format TIMESTAMP > VARCHAR; data VARCHAR, format TIMESTAMP WITH TIME ZONE > VARCHAR; data VARCHAR, format TIMESTAMP_NS > VARCHAR
a string_agg: str ANY > VARCHAR; str ANY, arg VARCHAR > VARCHAR
s string_split: string VARCHAR, separator VARCHAR > VARCHAR[]
s string_split_regex: string VARCHAR, regex VARCHAR > VARCHAR[]; string VARCHAR, regex VARCHAR, options VARCHAR > VARCHAR[]
s string_to_array: string VARCHAR, separator VARCHAR > VARCHAR[]
s strip_accents: string VARCHAR > VARCHAR
s strlen: string VARCHAR > BIGINT
s strpos: string VARCHAR, search_string VARCHAR > BIGINT
s strptime: text VARCHAR, format VARCHAR > TIMESTAMP; text VARCHAR, formatlist VARCHAR[] > TIMESTAMP
s struct_concat: rest ANY... > STRUCT
s struct_contains: struct STRUCT, entry ANY > BOOLEAN
s struct_extract: struct STRUCT, entry BIGINT > ANY; struct STRUCT, entry VARCHAR > ANY
s struct_extract_at: struct STRUCT, entry BIGINT > ANY
s struct_has: struct STRUCT, entry ANY > BOOLEAN
s struct_indexof: struct STRUCT, entry ANY > INTEGER
s struct_insert: rest ANY... > STRUCT
s struct_keys: struct ANY > VARCHAR[]
s struct_pack: rest ANY... > STRUCT
s struct_position: struct STRUCT, entry ANY > INTEGER
s struct_update: rest ANY... > STRUCT
s struct_values: struct STRUCT > STRUCT
s substr: string VARCHAR, start BIGINT > VARCHAR; string VARCHAR, start BIGINT, length BIGINT > VARCHAR
s substring: string VARCHAR, start BIGINT > VARCHAR; string VARCHAR, start BIGINT, length BIGINT > VARCHAR
s subtract: col0 DECIMAL > DECIMAL; col0 DECIMAL, col1 DECIMAL > DECIMAL
s suffix: string VARCHAR, search_string VARCHAR > BOOLEAN
a sum: arg BIGNUM > BIGNUM; arg DECIMAL > DECIMAL; arg DOUBLE > DOUBLE; arg BIGINT > HUGEINT; arg BOOLEAN > HUGEINT; arg HUGEINT > HUGEINT; arg INTEGER > HUGEINT; arg SMALLINT > HUGEINT
a sum_no_overflow: arg DECIMAL > DECIMAL; arg BIGINT > HUGEINT; arg INTEGER > HUGEINT
a sumkahan: arg DOUBLE > DOUBLE
s switch: key MAP(K, V) > V; key K, map MAP(K, V) > V; key MAP(K, V), map V > V; key K, map MAP(K, V), value V > V
s tan: x DOUBLE > DOUBLE
s tanh: x DOUBLE > DOUBLE
s time_bucket: bucket_width INTERVAL, timestamp DATE > DATE; bucket_width INTERVAL, timestamp DATE, origin DATE > DATE; bucket_width INTERVAL, timestamp DATE, origin INTERVAL > DATE; bucket_width INTERVAL, timestamp TIMESTAMP > TIMESTAMP; bucket_width INTERVAL, timestamp TIMESTAMP, origin INTERVAL > TIMESTAMP; bucket_width INTERVAL, timestamp TIMESTAMP, origin TIMESTAMP > TIMESTAMP; bucket_width INTERVAL, timestamp TIMESTAMP WITH TIME ZONE > TIMESTAMP WITH TIME ZONE; bucket_width INTERVAL, timestamp TIMESTAMP WITH TIME ZONE, origin INTERVAL > TIMESTAMP WITH TIME ZONE; bucket_width INTERVAL, timestamp TIMESTAMP WITH TIME ZONE, origin TIMESTAMP WITH TIME ZONE > TIMESTAMP WITH TIME ZONE; bucket_width INTERVAL, timestamp TIMESTAMP WITH TIME ZONE, origin VARCHAR > TIMESTAMP WITH TIME ZONE
s timetz_byte_comparable: time_tz TIME WITH TIME ZONE > UBIGINT
s timezone: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT; ts INTERVAL, col1 TIME WITH TIME ZONE > TIME WITH TIME ZONE; ts VARCHAR, col1 TIME WITH TIME ZONE > TIME WITH TIME ZONE; ts VARCHAR, col1 TIMESTAMP WITH TIME ZONE > TIMESTAMP; ts VARCHAR, col1 TIMESTAMP > TIMESTAMP WITH TIME ZONE
s timezone_hour: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s timezone_minute: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s to_base: number BIGINT, radix INTEGER > VARCHAR; number BIGINT, radix INTEGER, min_length INTEGER > VARCHAR
s to_base64: blob BLOB > VARCHAR
s to_binary: string VARCHAR > VARCHAR; value BIGINT > VARCHAR; value BIGNUM > VARCHAR; value HUGEINT > VARCHAR; value UBIGINT > VARCHAR; value UHUGEINT > VARCHAR
s to_centuries: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s to_days: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s to_decades: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s to_hex: blob BLOB > VARCHAR; string VARCHAR > VARCHAR; value BIGINT > VARCHAR; value BIGNUM > VARCHAR; value HUGEINT > VARCHAR; value UBIGINT > VARCHAR; value UHUGEINT > VARCHAR
s to_hours: integer BIGINT > INTERVAL
s to_json: rest ANY... > JSON
s to_microseconds: integer BIGINT > INTERVAL
s to_millennia: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s to_milliseconds: double DOUBLE > INTERVAL
s to_minutes: integer BIGINT > INTERVAL
s to_months: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s to_quarters: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s to_seconds: double DOUBLE > INTERVAL
s to_timestamp: sec DOUBLE > TIMESTAMP WITH TIME ZONE
s to_weeks: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s to_years: integer BIGINT > INTERVAL; integer INTEGER > INTERVAL
s today:  > DATE
s transaction_timestamp:  > TIMESTAMP WITH TIME ZONE
s translate: string VARCHAR, from VARCHAR, to VARCHAR > VARCHAR
s trim: string VARCHAR > VARCHAR; string VARCHAR, characters VARCHAR > VARCHAR
s trunc: x DECIMAL > DECIMAL; x DECIMAL, col1 INTEGER > DECIMAL
t truncate_duckdb_logs:  > ROWS
s try_strptime: text VARCHAR, format VARCHAR > TIMESTAMP; text VARCHAR, format VARCHAR[] > TIMESTAMP
s typeof: expression ANY > VARCHAR
s ucase: string VARCHAR > VARCHAR
s unbin: value VARCHAR > BLOB
s unhex: value VARCHAR > BLOB
s unicode: string VARCHAR > INTEGER
s union_extract: union UNION, tag VARCHAR > ANY
s union_tag: union UNION > ANY
s union_value: rest ANY... > UNION
t unnest: col0 ANY > ROWS
s unpivot_list: rest ANY... > LIST
s upper: string VARCHAR > VARCHAR
s url_decode: string VARCHAR > VARCHAR
s url_encode: string VARCHAR > VARCHAR
m user:  > ANY
s uuid:  > UUID
s uuid_extract_timestamp: uuid UUID > TIMESTAMP WITH TIME ZONE
s uuid_extract_version: uuid UUID > UINTEGER
s uuidv4:  > UUID
s uuidv7:  > UUID
a var_pop: x DOUBLE > DOUBLE
a var_samp: x DOUBLE > DOUBLE
a variance: x DOUBLE > DOUBLE
s version:  > VARCHAR
m wavg: value ANY, weight ANY > ANY
s week: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s weekday: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s weekofyear: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
m weighted_avg: value ANY, weight ANY > ANY
s xor: left BIGINT, right BIGINT > BIGINT; left BIT, right BIT > BIT; left HUGEINT, right HUGEINT > HUGEINT; left INTEGER, right INTEGER > INTEGER; left SMALLINT, right SMALLINT > SMALLINT; left TINYINT, right TINYINT > TINYINT; left UBIGINT, right UBIGINT > UBIGINT; left UHUGEINT, right UHUGEINT > UHUGEINT; left UINTEGER, right UINTEGER > UINTEGER; left USMALLINT, right USMALLINT > USMALLINT; left UTINYINT, right UTINYINT > UTINYINT
s year: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
s yearweek: ts DATE > BIGINT; ts INTERVAL > BIGINT; ts TIMESTAMP > BIGINT; ts TIMESTAMP WITH TIME ZONE > BIGINT
`;
