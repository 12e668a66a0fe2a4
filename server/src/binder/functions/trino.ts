/** Functions of Trino and Athena beside the common ones. */
export const TRINO = `
a array_agg, set_agg: value T > T[]
a map_agg: key K, value V > map(K, V)
a multimap_agg, histogram, map_union, approx_percentile, approx_set, merge, numeric_histogram, reduce_agg, listagg, bitwise_and_agg, bitwise_or_agg, checksum, kurtosis, skewness, geometric_mean: value ANY, more ANY... > @unknown
a arbitrary, any_value: value T > T
a count_if: condition boolean > int64
s date_trunc: part text, value T > T
s date_add: part text, amount int64, value T > T
s date_diff: part text, start ANY, end ANY > int64
s date_format, format_datetime, format, to_iso8601, json_format, json_extract_scalar, json_value, url_extract_host, url_extract_path, url_extract_query, url_extract_parameter, url_encode, url_decode, soundex, typeof, from_utf8, normalize, array_join, split_part: value ANY, more ANY... > varchar
s date_parse: value text, format text > timestamp
s parse_datetime, from_iso8601_timestamp, from_unixtime, with_timezone, at_timezone: value ANY, more ANY... > timestamptz
s from_iso8601_date: value text > date
s to_unixtime: value ANY > float64
s localtimestamp: > timestamp
s at_timezone: value ANY, zone text > timestamptz
s day_of_week, dow, day_of_month, day_of_year, doy, week_of_year, year_of_week, yow, millisecond, timezone_hour: value ANY > int64
s json_extract, json_parse, json_query, json_array_get: value ANY, more ANY... > json
s json_array_length, json_size: value ANY, more ANY... > int64
s split, regexp_extract_all, regexp_split: value text, pattern text, more ANY... > varchar[]
s cardinality: value ANY > int64
s contains, any_match, all_match, none_match, arrays_overlap, is_nan, is_finite, is_infinite, json_array_contains, json_exists: value ANY, more ANY... > boolean
s array_distinct, array_sort, array_union, array_intersect, array_except, array_remove, shuffle, slice, trim_array: array T[], more ANY... > T[]
s filter: array T[], condition LAMBDA > T[]
s transform: array T[], value LAMBDA > @lambda
s reduce, zip, zip_with, map_filter, transform_keys, transform_values, map_zip_with: array ANY, more ANY... > @unknown
s array_max, array_min: array T[] > T
s array_position: array ANY, value ANY > int64
s element_at: array T[], index ANY > T; map map(K, V), key ANY > V
s flatten: array T[][] > T[]
s map_keys: map map(K, V) > K[]
s map_values: map map(K, V) > V[]
s map: keys K[], values V[] > map(K, V)
s map_concat, map_from_entries, map_entries, split_to_map: value ANY, more ANY... > @unknown
s sequence: start T, stop T > T[]; start T, stop T, step ANY > T[]
s concat: value T, more T... > T
s try: value T > T
s codepoint, levenshtein_distance, hamming_distance, regexp_position, bitwise_and, bitwise_or, bitwise_xor, bit_count, from_base, xxhash64_int: value ANY, more ANY... > int64
s to_utf8, md5, sha1, sha256, sha512, xxhash64, from_hex, from_base64, to_big_endian_64: value ANY > binary
s to_hex, to_base64, to_base: value ANY, more ANY... > varchar
s infinity, nan, e: > float64
s width_bucket: value ANY, more ANY... > int64
s uuid: > uuid
t unnest, sequence: value ANY, more ANY... > ROWS
`;
