/** Functions of Redshift beside the common ones. */
export const REDSHIFT = `
a listagg: value ANY > varchar; value ANY, separator text > varchar
a approximate_percentile, bit_and, bit_or: value ANY, more ANY... > @unknown
a median: value ANY > @unknown
w ratio_to_report: value ANY > float64
s getdate, sysdate, dateadd_now: > timestamp
s current_timestamp, now: > timestamptz
s dateadd: part text, amount ANY, value ANY > timestamp
s datediff: part text, start ANY, end ANY > int64
s date_trunc: part text, value timestamptz > timestamptz; part text, value ANY > timestamp
s date_part, date_part_year, extract: part text, value ANY > @unknown
s to_timestamp, convert_timezone: value ANY, more ANY... > @unknown
s last_day: value ANY > date
s add_months: value ANY, months int64 > timestamp
s months_between: a ANY, b ANY > float64
s trunc: value timestamp > date; value date > date; value ANY > @first; value ANY, places int64 > @first
s to_number: value text, format text > @unknown
s decode: value ANY, more ANY... > @unknown
s nvl: value T, more T... > T
s json_extract_path_text, json_extract_array_element_text, json_serialize, func_sha1, sha, sha1, md5, strtol_text, quote_ident, quote_literal, bpcharcmp, crc32, to_hex: value ANY, more ANY... > varchar
s json_array_length, get_array_length, regexp_instr, strtol, octetindex: value ANY, more ANY... > @count
s is_valid_json, is_valid_json_array, is_array, is_object, is_scalar, can_json_parse, isnull: value ANY, more ANY... > boolean
s json_parse, array, array_concat, array_flatten, subarray, split_to_array, object, object_transform: value ANY... > super
s timezone: zone text, value ANY > @unknown
s convert: type ANY, value ANY > @unknown
s charindex, strpos, len, length: value ANY, more ANY... > int32
s interval_cmp, date_cmp: a ANY, b ANY > int32
`;
