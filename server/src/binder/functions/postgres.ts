/** Functions of PostgreSQL whose type follows from their arguments by a rule; the rest are in the generated table. */
export const POSTGRES = `
w row_number, rank, dense_rank: > int64
w ntile: buckets int32 > int32
w percent_rank, cume_dist: > float64
w lag, lead: value T > T; value T, offset int32 > T; value T, offset int32, default T > T
w first_value, last_value: value T > T
w nth_value: value T, position int32 > T
a count: > int64; value ANY > int64
a min, max: value ANY > @extremum
a any_value: value T > T
a sum: value ANY > @sum
a avg: value ANY > @avg
a array_agg: value T > T[]
a string_agg: value binary, separator binary > binary; value text, separator text > text
a percentile_cont, percentile_disc, mode: fraction float64 > @ordered;  > @ordered
a stddev, stddev_pop, stddev_samp, variance, var_pop, var_samp: value ANY > @deviation
s coalesce, greatest, least: value T, more T... > T
s nullif: value ANY, other ANY > @compared
s concat, concat_ws, format: value ANY, more ANY... > text
s round, trunc: value ANY > @whole; value decimal, places int32 > decimal
s ceil, ceiling, floor: value ANY > @whole
s abs: value ANY > @first
s extract: part text, value ANY > @numeric
s date_part: part text, value ANY > float64
s substring: value text, start int32 > text; value text, start int32, length int32 > text; value text, pattern text > text; value binary, start int32, length int32 > binary
s trim: value text > text; value text, characters text > text
s position: search text, value text > int32
s overlay: value text, replacement text, start int32 > text; value text, replacement text, start int32, length int32 > text
s date_trunc: part text, value timestamptz > timestamptz; part text, value date > timestamptz; part text, value timestamp > timestamp; part text, value interval > interval; part text, value timestamptz, zone text > timestamptz
s current_date: > date
s current_timestamp, now: > timestamptz
s localtimestamp: > timestamp
s current_time: > timetz
s localtime: > time
s current_user, session_user, user, current_role, current_catalog, current_schema: > name
s unnest: array T[] > T
s array_append: array T[], value T > T[]
s array_prepend: value T, array T[] > T[]
s array_cat: a T[], b T[] > T[]
s array_remove, array_replace: array T[], more ANY... > T[]
s array_length, array_upper, array_lower, cardinality, array_position: array ANY, more ANY... > int32
s array_to_string: array ANY, separator text, more ANY... > text
s to_json: value ANY > json
s to_jsonb: value ANY > jsonb
s json_build_object, json_build_array, row_to_json, json_object: value ANY... > json
s jsonb_build_object, jsonb_build_array, jsonb_object: value ANY... > jsonb
a json_agg, json_object_agg: value ANY, more ANY... > json
a jsonb_agg, jsonb_object_agg: value ANY, more ANY... > jsonb
s generate_series: start T, stop T > T; start T, stop T, step ANY > T
s grouping: value ANY, more ANY... > int32
t generate_series: start ANY, stop ANY, more ANY... > ROWS
`;
