/** Functions of DuckDB whose type follows from their arguments by a rule; all others are in the generated table. */
export const DUCKDB = `
w row_number, rank, dense_rank, ntile: > int64; buckets int64 > int64
w percent_rank, cume_dist: > float64
w lag, lead: value T > T; value T, offset int64 > T; value T, offset int64, default ANY > T
w first_value, last_value, fill: value T > T
w nth_value: value T, position int64 > T
a count: > int64; value ANY > int64
a min, max: value T > T; value T, count int64 > T[]
a any_value, arbitrary, first, last, mode: value T > T
a arg_max, arg_min, argmax, argmin, max_by, min_by, arg_max_null, arg_min_null, arg_max_nulls_last, arg_min_nulls_last: value T, by ANY > T; value T, by ANY, count int64 > T[]
a sum: value ANY > @sum
a avg, mean: value ANY > @avg
a median: value ANY > @median
a quantile_cont: value ANY, fraction float64 > @median; value ANY, fractions float64[] > @medians
a quantile_disc, quantile: value T, fraction float64 > T; value T, fractions float64[] > T[]
a percentile_cont: fraction float64 > @ordered
a percentile_disc: fraction float64 > @ordered
a list, array_agg: value T > T[]
a json_group_array, json_group_object, json_group_structure: value ANY, more ANY... > json
a wavg, weighted_avg: value float64, weight float64 > float64
a approx_quantile: value ANY, fraction float64 > @approximate; value ANY, fractions float64[] > @listed
a histogram: value T > map(T, uint64); value T, bins ANY > map(T, uint64)
a bit_and, bit_or, bit_xor: value T > T
a string_agg, group_concat, listagg: value ANY > text; value ANY, separator text > text
a product, geomean, geometric_mean, favg, fsum, kahan_sum, sumkahan, entropy, kurtosis, kurtosis_pop, skewness: value float64 > float64
s coalesce: value T, more T... > T
s greatest, least: value T, more T... > @extreme
s ifnull: value T, default T > T
s nullif: value ANY, other ANY > @kept
s if, iff: condition boolean, value T, otherwise T > T
s abs: value ANY > @first
s round: value ANY > @signed-whole; value ANY, places int32 > @signed-rounded
s round_even, roundbankers: value ANY, places int32 > float64
s trunc: value ANY > @whole; value ANY, places int32 > @rounded
s ceil, ceiling, floor: value ANY > @upwards
s mod: value ANY, divisor ANY > @modulo
s add: value ANY, other ANY > @plus
s subtract: value ANY, other ANY > @minus
s multiply: value ANY, other ANY > @times
s divide, fdiv: value ANY, other ANY > @integral-quotient
s sign: value ANY > int8
s length, len: value ANY > int64
s concat: value ANY, more ANY... > @concat
s concat_ws: separator text, value ANY, more ANY... > text
s format, printf: format text, value ANY... > text
s list_value, list_pack: value T... > T[]
s array_value: value ANY... > @array
s array_to_string: list ANY, separator text > text
s unnest: value T[] > T; value ANY, more ANY... > @unknown
s list_extract, list_element, array_extract: list T[], index int64 > T; struct struct, name text > @unknown
s list_first, list_last, list_min, list_max, list_any_value, list_mode: list T[] > T
s list_sort, array_sort, list_reverse_sort, array_reverse_sort, list_distinct, array_distinct, list_reverse, array_reverse, array_pop_back, array_pop_front: list T[], more ANY... > T[]
s list_filter, array_filter, filter: list T[], condition LAMBDA > T[]
s list_transform, array_transform, list_apply, array_apply, apply: list T[], value LAMBDA > @lambda
s list_reduce, array_reduce, reduce: list T[], value LAMBDA, more ANY... > T
s list_slice, array_slice: list T, from int64, to int64, more ANY... > T
s list_append, array_append, array_push_back: list ANY, value ANY > @appended
s list_prepend, array_prepend, array_push_front: value ANY, list ANY > @prepended
s list_concat, array_concat, list_cat, array_cat: list T[], more T[]... > T[]
s list_contains, list_has, array_contains, array_has, list_has_all, list_has_any, array_has_all, array_has_any: list ANY, value ANY > boolean
s list_position, list_indexof, array_position, array_indexof: list ANY, value ANY > int32
s list_avg: list ANY > float64
s list_count: list ANY > int64
s list_aggregate, list_aggr, array_aggregate, array_aggr, aggregate: list ANY, name text, more ANY... > @aggregated
s list_sum: list ANY > @sum-of-list
s list_product, list_stddev_samp, list_stddev_pop, list_var_samp, list_var_pop, list_skewness, list_kurtosis, list_entropy: list ANY > float64
s list_intersect, array_intersect, list_where, array_where, list_select, array_select, list_resize, array_resize: list T[], more ANY... > T[]
s list_zip, array_zip: list ANY, more ANY... > @zipped
s flatten: list T[][] > T[]
s struct_pack, row: value ANY... > @struct
s union_value: value ANY > @union
s struct_extract, struct_extract_at: struct ANY, name ANY > @field
s struct_insert, struct_update: struct ANY, value ANY... > @widened
s map: > @unknown; keys K[], values V[] > map(K, V)
s map_keys: map map(K, V) > K[]
s map_values: map map(K, V) > V[]
s map_extract, element_at: map map(K, V), key ANY > V[]
s map_extract_value: map map(K, V), key ANY > V
s map_entries: map ANY > @entries
s map_from_entries: entries ANY > @map-of-entries
s map_concat: map ANY, more ANY... > @together
s cardinality: value ANY > uint64
s try: value T > T
s error: message text > @unknown
s getvariable: name text > @unknown
s date_trunc, datetrunc: part text, value ANY > @truncated
s time_bucket: width interval, value T, more ANY... > T
s last_day: value ANY > date
s date_add: value ANY, interval interval > @plus
s date_sub: part text, start ANY, end ANY > int64
s extract, date_part, datepart: part text, value ANY > @part
s to_timestamp: seconds float64 > timestamptz
s epoch_ms: milliseconds int64 > timestamp; value date > int64; value timestamp > int64; value timestamptz > int64; value interval > int64; value time > int64
s current_date, today: > date
s current_timestamp, now, transaction_timestamp, get_current_timestamp: > timestamptz
s current_time, get_current_time: > timetz
s localtime, current_localtime: > time
s localtimestamp, current_localtimestamp: > timestamp
s timezone: zone text > int64; zone text, value timestamp > timestamptz; zone text, value timestamptz > timestamp; zone text, value date > timestamptz; value timestamp > int64; value date > int64
s grouping, grouping_id: value ANY, more ANY... > int64
s json_extract: json ANY, path text > json; json ANY, path int64 > json; json ANY, paths text[] > json[]
s json_extract_string: json ANY, path text > text; json ANY, path int64 > text; json ANY, paths text[] > text[]
s json_object, json_array, json_merge_patch: value ANY... > json
s to_json, row_to_json, array_to_json, json_quote: value ANY > json
s from_json, json_transform, from_json_strict, json_transform_strict: json ANY, structure text > @structure
s hash: value ANY... > uint64
s current_schema, current_database, current_catalog, current_user, session_user, current_role, current_query, user: > text
s split_part: value text, separator text, position int64 > text
s typeof, pg_typeof, stats: value ANY > text
s to_years, to_quarters, to_months, to_weeks, to_days: count ANY > interval
s string_split, str_split, string_to_array, split, str_split_regex, string_split_regex, regexp_split_to_array: value text, separator text, more ANY... > text[]
s regexp_extract: value text, pattern text > text; value text, pattern text, group int32 > text; value text, pattern text, names text[] > @unknown
s regexp_extract_all: value text, pattern text, more ANY... > text[]
s strptime: value text, format text > timestamp; value text, formats text[] > timestamp
s parse_path: path text, more ANY... > text[]
t generate_series, range: > ROWS; stop ANY > ROWS; start ANY, stop ANY > ROWS; start ANY, stop ANY, step ANY > ROWS
`;
