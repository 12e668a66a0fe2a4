/** Functions that the warehouses share, with the types they all give; a dialect's own table comes before it. */
export const SHARED = `
w row_number, rank, dense_rank: > int64
w ntile: buckets int64 > int64
w percent_rank, cume_dist: > float64
w lag, lead: value T > T; value T, offset int64 > T; value T, offset int64, default T > T
w first_value, last_value: value T > T
w nth_value: value T, position int64 > T
a count: > int64; value ANY, more ANY... > int64
a count_if, countif: condition boolean > int64
a approx_count_distinct, approx_distinct: value ANY > int64
a min, max, any_value: value T > T
a max_by, min_by, arg_max, arg_min: value T, by ANY > T
a sum: value ANY > @sum
a avg, mean: value ANY > @avg
a median: value ANY > @avg
a stddev, stddev_pop, stddev_samp, variance, var_pop, var_samp: value ANY > @deviation
a corr, covar_pop, covar_samp: y float64, x float64 > float64
a regr_slope, regr_intercept, regr_r2, regr_avgx, regr_avgy, regr_sxx, regr_sxy, regr_syy: y float64, x float64 > float64
a bool_and, bool_or, boolean_and, boolean_or, every, booland_agg, boolor_agg, logical_and, logical_or: condition boolean > boolean
a string_agg, listagg, group_concat: value ANY > text; value ANY, separator text > text
a array_agg: value T > T[]
a percentile_cont: fraction float64 > @ordered
a percentile_disc, mode: fraction float64 > @ordered;  > @ordered; value T > T
a grouping, grouping_id: value ANY, more ANY... > int64
s coalesce, greatest, least: value T, more T... > T
s ifnull, nvl: value T, default T > T
s nullif: value T, other ANY > T
s nvl2: test ANY, value T, otherwise T > T
s iff, if: condition boolean, value T > T; condition boolean, value T, otherwise T > T
s abs: value ANY > @first
s ceil, ceiling, floor: value ANY > @whole; value ANY, scale int64 > @first
s round, trunc, truncate: value ANY > @whole; value ANY, places int64 > @first
s sign: value ANY > @first
s mod: value ANY, divisor ANY > @modulo
s exp, ln, log10, sqrt, cbrt, sin, cos, tan, cot, asin, acos, atan, sinh, cosh, tanh, degrees, radians: value float64 > float64
s log: value float64 > float64; base float64, value float64 > float64
s power, pow, atan2: base float64, exponent float64 > float64
s pi, random, rand: > float64
s lower, upper, initcap, reverse, lcase, ucase: value text > text
s trim, ltrim, rtrim, btrim: value text > text; value text, characters text > text
s length, char_length, character_length, len, octet_length, bit_length: value ANY > @count
s substring, substr: value T, start int64 > T; value T, start int64, length int64 > T
s left, right: value text, length int64 > text
s replace: value text, search text > text; value text, search text, replacement text > text
s translate: value text, from text, to text > text
s concat: value ANY, more ANY... > @concat
s concat_ws: separator text, value ANY, more ANY... > text
s lpad, rpad: value text, length int64 > text; value text, length int64, fill text > text
s repeat: value text, times int64 > text
s split_part: value text, delimiter text, part int64 > text
s position, strpos, charindex, instr, locate: value text, search text > @count; value text, search text, start int64 > @count
s starts_with, startswith, ends_with, endswith, contains: value ANY, search ANY > boolean
s regexp_like, regexp_contains: value text, pattern text > boolean; value text, pattern text, flags text > boolean
s regexp_replace: value text, pattern text > text; value text, pattern text, replacement text, more ANY... > text
s regexp_substr, regexp_extract: value text, pattern text, more ANY... > text
s regexp_count, regexp_instr: value text, pattern text, more ANY... > @count
s md5, sha1, sha2, sha256, to_hex: value ANY, more ANY... > text
s chr, char: code int64 > text
s ascii: value text > @count
s current_date: > date
s current_timestamp, now: > timestamptz
s current_user, session_user, user, current_role, current_database, current_schema, version: > text
s date: value ANY, more ANY... > date
s last_day: value ANY, more ANY... > date
s year, quarter, month, week, day, hour, minute, second, dayofweek, dayofmonth, dayofyear, weekofyear: value ANY > @count
s extract, date_part: part text, value ANY > @count
s to_date: value ANY, more ANY... > date
s to_char, to_varchar: value ANY, more ANY... > text
s uuid, generate_uuid, gen_random_uuid: > text
`;
