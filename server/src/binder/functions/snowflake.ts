/** Functions of Snowflake beside the common ones. */
export const SNOWFLAKE = `
a array_agg, array_unique_agg, array_union_agg: value ANY > array
a object_agg: key text, value ANY > object
a hll, approx_percentile, approx_top_k, bitand_agg, bitor_agg, hash_agg, kurtosis, skew, minhash, conditional_true_event: value ANY, more ANY... > @unknown
a any_value, mode: value T > T
a ratio_to_report: value ANY > float64
w conditional_change_event, width_bucket: value ANY, more ANY... > @count
s to_timestamp, to_timestamp_ntz, try_to_timestamp, try_to_timestamp_ntz, dateadd_ntz: value ANY, more ANY... > timestamp
s to_timestamp_ltz, try_to_timestamp_ltz: value ANY, more ANY... > timestamp_ltz
s to_timestamp_tz, try_to_timestamp_tz: value ANY, more ANY... > timestamptz
s convert_timezone: source text, target text, value ANY > timestamp; target text, value ANY > timestamptz
s current_timestamp, getdate, sysdate, systimestamp, localtimestamp: > timestamptz; precision int64 > timestamptz
s dateadd, timestampadd, timeadd: part text, amount ANY, value ANY > @unknown
s datediff, timestampdiff, timediff: part text, start ANY, end ANY > @count
s date_trunc, trunc: part text, value T > T
s date_from_parts, datefromparts: year int64, month int64, day int64 > date
s timestamp_from_parts, timestamp_ntz_from_parts: year ANY, more ANY... > timestamp
s time_slice: value T, length int64, part text, more ANY... > T
s dayname, monthname: value ANY > text
s months_between: start ANY, end ANY > float64
s add_months: value T, months int64 > T
s next_day, previous_day: value ANY, day text > date
s try_to_date: value ANY, more ANY... > date
s to_time, try_to_time: value ANY, more ANY... > time
s to_number, to_decimal, to_numeric, try_to_number, try_to_decimal, try_to_numeric: value ANY, more ANY... > @unknown
s to_double, try_to_double: value ANY, more ANY... > float64
s to_boolean, try_to_boolean: value ANY > boolean
s to_binary, try_to_binary, sha1_binary, sha2_binary, md5_binary: value ANY, more ANY... > binary
s to_variant, parse_json, try_parse_json, get_path, xmlget, parse_xml: value ANY, more ANY... > variant
s get: value ANY, key ANY > variant
s object_construct, object_construct_keep_null, object_insert, object_delete, object_pick: value ANY... > object
s array_construct, array_construct_compact, array_cat, array_append, array_prepend, array_compact, array_distinct, array_slice, array_sort, array_flatten, array_except, array_intersection, split, strtok_to_array, object_keys, array_insert, array_remove, array_generate_range: value ANY... > array
s array_size, array_position: value ANY, more ANY... > @count
s array_contains, arrays_overlap: value ANY, array ANY > boolean
s array_to_string: array ANY, separator text > text
s is_array, is_object, is_null_value, is_integer, is_varchar, is_boolean, is_decimal, is_double, is_date, is_timestamp_ntz: value ANY > boolean
s typeof, as_varchar, as_char, strtok, insert, soundex, space, hex_encode, base64_encode, base64_decode_string, parse_ip, parse_url, uuid_string, randstr, decrypt, encrypt, sha1_hex, sha2_hex, md5_hex, collate, rtrimmed_length: value ANY, more ANY... > text
s decode: value ANY, more ANY... > @unknown
s zeroifnull, nullifzero: value T > T
s equal_null: a ANY, b ANY > boolean
s div0, div0null: dividend ANY, divisor ANY > @unknown
s square, haversine: value float64, more ANY... > float64
s hash: value ANY, more ANY... > @count
s seq1, seq2, seq4, seq8, uniform, normal: value ANY... > @unknown
s ilike, rlike, regexp: value text, pattern text, more ANY... > boolean
s like_any, like_all: value text, pattern ANY... > boolean
s editdistance, jarowinkler_similarity: a text, b text, more ANY... > @count
s booland, boolor, boolxor: a ANY, b ANY > boolean
s boolnot: value ANY > boolean
t flatten: input ANY, more ANY... > ROWS
t generator: more ANY... > ROWS
t split_to_table, strtok_split_to_table: value text, separator text > ROWS
t result_scan: query text > ROWS
`;
