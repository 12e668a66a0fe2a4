/** Functions of Databricks and Spark beside the common ones. */
export const DATABRICKS = `
w row_number, rank, dense_rank, ntile: > int32; buckets int32 > int32
a collect_list, collect_set, array_agg: value T > T[]
a count_if: condition boolean > int64
a approx_percentile, percentile_approx, percentile, histogram_numeric, kurtosis, skewness: value ANY, fraction ANY, more ANY... > @unknown
a first, last, first_value, last_value, any_value, mode: value T > T; value T, nulls boolean > T
a bit_and, bit_or, bit_xor: value T > T
a some, any, every: condition boolean > boolean
a try_sum, try_avg: value ANY > @unknown
s date_add, date_sub, add_months, dateadd: value ANY, more ANY... > @unknown
s datediff, date_diff: value ANY, more ANY... > @unknown
s date_trunc: part text, value ANY > timestamptz
s trunc: value ANY, part text > date
s date_format, from_unixtime, monthname, dayname: value ANY, more ANY... > text
s to_timestamp, try_to_timestamp, timestamp, make_timestamp, from_utc_timestamp, to_utc_timestamp, timestamp_seconds, timestamp_millis, timestamp_micros: value ANY, more ANY... > timestamptz
s unix_timestamp, to_unix_timestamp, unix_date, unix_seconds, unix_millis, unix_micros: value ANY... > int64
s make_date, try_to_date, next_day: value ANY, more ANY... > date
s months_between: end ANY, start ANY, more ANY... > float64
s array: value T... > T[]
s map: key ANY... > @unknown
s struct: value ANY... > @struct
s named_struct: value ANY... > @unknown
s array_contains, array_exists, exists, forall, arrays_overlap: array ANY, more ANY... > boolean
s array_distinct, array_sort, sort_array, reverse_array, array_compact, array_union, array_intersect, array_except, shuffle, slice: array T[], more ANY... > T[]
s filter: array T[], condition LAMBDA > T[]
s transform: array T[], value LAMBDA > @lambda
s aggregate, reduce, zip_with, map_filter, transform_keys, transform_values: array ANY, more ANY... > @unknown
s element_at, try_element_at: array T[], index ANY > T; map map(K, V), key ANY > V
s array_min, array_max: array T[] > T
s array_join, concat_ws_array: array ANY, separator text, more ANY... > text
s array_position: array ANY, value ANY > int64
s array_size, size, cardinality: value ANY > int32
s map_keys: map map(K, V) > K[]
s map_values: map map(K, V) > V[]
s flatten: array T[][] > T[]
s sequence: start T, stop T > T[]; start T, stop T, step ANY > T[]
s split, str_to_array: value text, pattern text, more ANY... > text[]
s regexp_extract_all: value text, pattern text, more ANY... > text[]
s explode, explode_outer, posexplode, inline, stack: value ANY, more ANY... > @unknown
s get_json_object, to_json, base64, sha, sha1, sha2, md5, hex, uuid, format_string, format_number, soundex, substring_index, url_encode, url_decode, parse_url, mask, typeof, input_file_name, from_unixtime, schema_of_json, space, char, overlay: value ANY... > text
s from_json, from_csv, parse_json, try_parse_json, variant_get, try_variant_get: value ANY, more ANY... > @unknown
s hash, crc32: value ANY... > int32
s xxhash64, monotonically_increasing_id: value ANY... > int64
s isnull, isnotnull, isnan, rlike, like, ilike, regexp: value ANY, more ANY... > boolean
s try_divide, try_add, try_subtract, try_multiply, try_cast: value ANY, more ANY... > @unknown
s nanvl: a float64, b float64 > float64
s int, bigint, double, float, string, boolean, decimal, smallint, tinyint, binary: value ANY > @unknown
s zeroifnull, nullifzero: value T > T
t explode, posexplode, range, stack, inline: value ANY, more ANY... > ROWS
`;
