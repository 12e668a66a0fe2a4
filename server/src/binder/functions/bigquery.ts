/** Functions of BigQuery beside the common ones. */
export const BIGQUERY = `
a array_agg: value T > T[]
a array_concat_agg: value T[] > T[]
a approx_quantiles: value T, number int64 > T[]
a approx_top_count, approx_top_sum: value ANY, more ANY... > @unknown
a bit_and, bit_or, bit_xor: value int64 > int64
a hll_count_init, hll_count_merge: value ANY, more ANY... > @unknown
a any_value: value T > T
w percentile_cont, percentile_disc: value ANY, fraction ANY > @unknown
s struct: value ANY... > @struct
s safe_divide: dividend ANY, divisor ANY > @quotient
s safe_multiply: a ANY, b ANY > @times
s safe_add: a ANY, b ANY > @plus
s safe_subtract: a ANY, b ANY > @minus
s safe_negate: value T > T
s ieee_divide: a ANY, b ANY > float64
s div: a int64, b int64 > int64
s mod: a ANY, b ANY > @modulo
s date, date_from_unix_date, parse_date: value ANY, more ANY... > date
s date_add, date_sub: value T, interval interval > T
s date_diff, datetime_diff, timestamp_diff, time_diff: end ANY, start ANY, part text > int64
s date_trunc, datetime_trunc, timestamp_trunc, time_trunc: value T, part text > T; value T, part text, zone text > T
s datetime_add, datetime_sub, timestamp_add, timestamp_sub, time_add, time_sub: value T, interval interval > T
s datetime, parse_datetime, current_datetime: value ANY... > timestamp
s timestamp, parse_timestamp, timestamp_seconds, timestamp_millis, timestamp_micros, current_timestamp: value ANY... > timestamptz
s time, parse_time, current_time: value ANY... > time
s current_date: > date; zone text > date
s extract: part text, value ANY > @part; part text, value ANY, zone text > @part
s unix_seconds, unix_millis, unix_micros, unix_date: value ANY > int64
s format_date, format_datetime, format_timestamp, format_time: format text, value ANY, more ANY... > text
s format, to_json_string, string, to_base64, to_base32, generate_uuid, normalize, normalize_and_casefold, soundex, session_user, code_points_to_string, json_value, json_extract_scalar, json_query, net_host, net_reg_domain, net_public_suffix, safe_convert_bytes_to_string: value ANY... > text
s json_extract: value T, path text > T
s to_json, parse_json, json_object, json_array, json_set, json_strip_nulls: value ANY... > json
s json_value_array, json_extract_string_array, split, regexp_extract_all: value ANY, more ANY... > text[]
s json_query_array, json_extract_array: value T, more ANY... > T[]
s array_length: array ANY > int64
s array_concat: array T[], more T[]... > T[]
s array_reverse: array T[] > T[]
s array_to_string: array ANY, separator text, more ANY... > text
s generate_array: start T, end T > T[]; start T, end T, step T > T[]
s generate_date_array: start date, end date, more ANY... > date[]
s generate_timestamp_array: start timestamptz, end timestamptz, step interval > timestamptz[]
s farm_fingerprint: value ANY > int64
s md5, sha1, sha256, sha512, from_base64, from_hex: value ANY > binary
s to_hex: value ANY > text
s is_nan, is_inf: value ANY > boolean
s offset, safe_offset, ordinal, safe_ordinal: index int64 > int64
s int64, byte_length, bit_count: value ANY > int64
s float64: value ANY > float64
s bool: value ANY > boolean
s cast: value ANY > @unknown
s error: message text > @unknown
s range_bucket: point ANY, array ANY > int64
t generate_array: start int64, end int64 > ROWS
`;
