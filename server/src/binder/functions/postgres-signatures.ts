/** What PostgreSQL says of its functions, one a line; made by test/binder/generate/postgres-functions.mjs. */
export const POSTGRES_FUNCTIONS = `
s abbrev: arg1 inet > text; arg1 cidr > text
s abs: arg1 bigint > bigint; arg1 real > real; arg1 decimal > decimal; arg1 double precision > double precision; arg1 smallint > smallint; arg1 integer > integer
s aclcontains: arg1 aclitem[], arg2 aclitem > boolean
s acldefault: arg1 char, arg2 oid > aclitem[]
s aclexplode: acl aclitem[] > record
s aclinsert: arg1 aclitem[], arg2 aclitem > aclitem[]
s aclitemeq: arg1 aclitem, arg2 aclitem > boolean
s aclremove: arg1 aclitem[], arg2 aclitem > aclitem[]
s acos: arg1 double precision > double precision
s acosd: arg1 double precision > double precision
s acosh: arg1 double precision > double precision
s age: arg1 xid > integer; arg1 timestamp without time zone > interval; arg1 timestamp with time zone > interval; arg1 timestamp without time zone, arg2 timestamp without time zone > interval; arg1 timestamp with time zone, arg2 timestamp with time zone > interval
s amvalidate: arg1 oid > boolean
s area: arg1 box > double precision; arg1 path > double precision; arg1 circle > double precision
a array_agg: arg1 T[] > T[]; arg1 T > T[]
s array_append: arg1 T[], arg2 T > T[]
s array_cat: arg1 T[], arg2 T[] > T[]
s array_length: arg1 T[], arg2 integer > integer
s array_to_string: arg1 T[], arg2 text > text; arg1 T[], arg2 text, arg3 text > text
s arraycontained: arg1 T[], arg2 T[] > boolean
s arraycontains: arg1 T[], arg2 T[] > boolean
s arrayoverlap: arg1 T[], arg2 T[] > boolean
s ascii: arg1 text > integer
s asin: arg1 double precision > double precision
s asind: arg1 double precision > double precision
s asinh: arg1 double precision > double precision
s atan: arg1 double precision > double precision
s atan2: arg1 double precision, arg2 double precision > double precision
s atan2d: arg1 double precision, arg2 double precision > double precision
s atand: arg1 double precision > double precision
s atanh: arg1 double precision > double precision
a avg: arg1 bigint > decimal; arg1 integer > decimal; arg1 smallint > decimal; arg1 decimal > decimal; arg1 real > double precision; arg1 interval > interval; arg1 double precision > double precision
s bit: arg1 bigint, arg2 integer > bit; arg1 bit, arg2 integer, arg3 boolean > bit; arg1 integer, arg2 integer > bit
a bit_and: arg1 bit > bit; arg1 integer > integer; arg1 smallint > smallint; arg1 bigint > bigint
s bit_length: arg1 bytea > integer; arg1 text > integer; arg1 bit > integer
a bit_or: arg1 bit > bit; arg1 smallint > smallint; arg1 bigint > bigint; arg1 integer > integer
a bit_xor: arg1 integer > integer; arg1 bigint > bigint; arg1 bit > bit; arg1 smallint > smallint
s bitand: arg1 bit, arg2 bit > bit
s bitcat: arg1 bit varying, arg2 bit varying > bit varying
s bitcmp: arg1 bit, arg2 bit > integer
s biteq: arg1 bit, arg2 bit > boolean
s bitge: arg1 bit, arg2 bit > boolean
s bitgt: arg1 bit, arg2 bit > boolean
s bitle: arg1 bit, arg2 bit > boolean
s bitlt: arg1 bit, arg2 bit > boolean
s bitne: arg1 bit, arg2 bit > boolean
s bitnot: arg1 bit > bit
s bitor: arg1 bit, arg2 bit > bit
s bitshiftleft: arg1 bit, arg2 integer > bit
s bitshiftright: arg1 bit, arg2 integer > bit
s bitxor: arg1 bit, arg2 bit > bit
s bool: arg1 integer > boolean; arg1 jsonb > boolean
a bool_and: arg1 boolean > boolean
a bool_or: arg1 boolean > boolean
s booland_statefunc: arg1 boolean, arg2 boolean > boolean
s boolor_statefunc: arg1 boolean, arg2 boolean > boolean
s bound_box: arg1 box, arg2 box > box
s broadcast: arg1 inet > inet
s cardinality: arg1 T[] > integer
s cbrt: arg1 double precision > double precision
s ceil: arg1 double precision > double precision; arg1 decimal > decimal
s ceiling: arg1 decimal > decimal; arg1 double precision > double precision
s center: arg1 circle > point; arg1 box > point
s char: arg1 integer > char; arg1 text > char
s char_length: arg1 text > integer; arg1 character > integer
s character_length: arg1 character > integer; arg1 text > integer
s chr: arg1 integer > text
s cideq: arg1 cid, arg2 cid > boolean
s clock_timestamp:  > timestamp with time zone
s close_ls: arg1 line, arg2 lseg > point
s close_lseg: arg1 lseg, arg2 lseg > point
s close_pb: arg1 point, arg2 box > point
s close_pl: arg1 point, arg2 line > point
s close_ps: arg1 point, arg2 lseg > point
s close_sb: arg1 lseg, arg2 box > point
s col_description: arg1 oid, arg2 integer > text
s concat: arg1 ANY... > text
s concat_ws: arg1 text, arg2 ANY... > text
s convert: arg1 bytea, arg2 name, arg3 name > bytea
s convert_from: arg1 bytea, arg2 name > text
s convert_to: arg1 text, arg2 name > bytea
a corr: arg1 double precision, arg2 double precision > double precision
s cos: arg1 double precision > double precision
s cosd: arg1 double precision > double precision
s cosh: arg1 double precision > double precision
s cot: arg1 double precision > double precision
s cotd: arg1 double precision > double precision
a count: arg1 ANY > bigint;  > bigint
a covar_pop: arg1 double precision, arg2 double precision > double precision
a covar_samp: arg1 double precision, arg2 double precision > double precision
a cume_dist: arg1 ANY... > double precision
w cume_dist:  > double precision
s current_database:  > name
s current_query:  > text
s current_schema:  > name
s current_schemas: arg1 boolean > name[]
s current_setting: arg1 text > text; arg1 text, arg2 boolean > text
s current_user:  > name
s currtid2: arg1 text, arg2 tid > tid
s currval: arg1 regclass > bigint
s cursor_to_xml: cursor refcursor, count integer, nulls boolean, tableforest boolean, targetns text > xml
s cursor_to_xmlschema: cursor refcursor, nulls boolean, tableforest boolean, targetns text > xml
s database_to_xml: nulls boolean, tableforest boolean, targetns text > xml
s database_to_xml_and_xmlschema: nulls boolean, tableforest boolean, targetns text > xml
s database_to_xmlschema: nulls boolean, tableforest boolean, targetns text > xml
s date: arg1 timestamp with time zone > date; arg1 timestamp without time zone > date
s datemultirange:  > datemultirange; arg1 daterange... > datemultirange; arg1 daterange > datemultirange
s daterange: arg1 date, arg2 date, arg3 text > daterange; arg1 date, arg2 date > daterange
s daterange_canonical: arg1 daterange > daterange
s daterange_subdiff: arg1 date, arg2 date > double precision
s datetime_pl: arg1 date, arg2 time without time zone > timestamp without time zone
s datetimetz_pl: arg1 date, arg2 time with time zone > timestamp with time zone
s dcbrt: arg1 double precision > double precision
s decode: arg1 text, arg2 text > bytea
s degrees: arg1 double precision > double precision
w dense_rank:  > bigint
a dense_rank: arg1 ANY... > bigint
s dexp: arg1 double precision > double precision
s diagonal: arg1 box > lseg
s diameter: arg1 circle > double precision
s dist_bp: arg1 box, arg2 point > double precision
s dist_bs: arg1 box, arg2 lseg > double precision
s dist_cpoint: arg1 circle, arg2 point > double precision
s dist_cpoly: arg1 circle, arg2 polygon > double precision
s dist_lp: arg1 line, arg2 point > double precision
s dist_ls: arg1 line, arg2 lseg > double precision
s dist_pathp: arg1 path, arg2 point > double precision
s dist_pb: arg1 point, arg2 box > double precision
s dist_pc: arg1 point, arg2 circle > double precision
s dist_pl: arg1 point, arg2 line > double precision
s dist_polyc: arg1 polygon, arg2 circle > double precision
s dist_polyp: arg1 polygon, arg2 point > double precision
s dist_ppath: arg1 point, arg2 path > double precision
s dist_ppoly: arg1 point, arg2 polygon > double precision
s dist_ps: arg1 point, arg2 lseg > double precision
s dist_sb: arg1 lseg, arg2 box > double precision
s dist_sl: arg1 lseg, arg2 line > double precision
s dist_sp: arg1 lseg, arg2 point > double precision
s div: arg1 decimal, arg2 decimal > decimal
s dlog1: arg1 double precision > double precision
s dlog10: arg1 double precision > double precision
s dpow: arg1 double precision, arg2 double precision > double precision
s dround: arg1 double precision > double precision
s dsqrt: arg1 double precision > double precision
s dtrunc: arg1 double precision > double precision
s elem_contained_by_multirange: arg1 T, arg2 anymultirange > boolean
s elem_contained_by_range: arg1 T, arg2 anyrange > boolean
s encode: arg1 bytea, arg2 text > text
a every: arg1 boolean > boolean
s exp: arg1 decimal > decimal; arg1 double precision > double precision
s extract: arg1 text, arg2 timestamp without time zone > decimal; arg1 text, arg2 time with time zone > decimal; arg1 text, arg2 interval > decimal; arg1 text, arg2 timestamp with time zone > decimal; arg1 text, arg2 date > decimal; arg1 text, arg2 time without time zone > decimal
s factorial: arg1 bigint > decimal
s family: arg1 inet > integer
w first_value: arg1 T > T
s floor: arg1 double precision > double precision; arg1 decimal > decimal
s flt4_mul_cash: arg1 real, arg2 money > money
s flt8_mul_cash: arg1 double precision, arg2 money > money
s format: arg1 text, arg2 ANY... > text; arg1 text > text
s format_type: arg1 oid, arg2 integer > text
s gcd: arg1 bigint, arg2 bigint > bigint; arg1 decimal, arg2 decimal > decimal; arg1 integer, arg2 integer > integer
s gen_random_uuid:  > uuid
s generate_series: arg1 decimal, arg2 decimal, arg3 decimal > decimal; arg1 integer, arg2 integer, arg3 integer > integer; arg1 bigint, arg2 bigint > bigint; arg1 bigint, arg2 bigint, arg3 bigint > bigint; arg1 decimal, arg2 decimal > decimal; arg1 timestamp without time zone, arg2 timestamp without time zone, arg3 interval > timestamp without time zone; arg1 timestamp with time zone, arg2 timestamp with time zone, arg3 interval > timestamp with time zone; arg1 integer, arg2 integer > integer
s generate_subscripts: arg1 T[], arg2 integer, arg3 boolean > integer; arg1 T[], arg2 integer > integer
s get_bit: arg1 bit, arg2 integer > integer; arg1 bytea, arg2 bigint > integer
s get_byte: arg1 bytea, arg2 integer > integer
s get_current_ts_config:  > regconfig
s getdatabaseencoding:  > name
s getpgusername:  > name
s has_any_column_privilege: arg1 oid, arg2 oid, arg3 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 text > boolean; arg1 name, arg2 text, arg3 text > boolean
s has_column_privilege: arg1 name, arg2 oid, arg3 smallint, arg4 text > boolean; arg1 name, arg2 text, arg3 text, arg4 text > boolean; arg1 name, arg2 text, arg3 smallint, arg4 text > boolean; arg1 name, arg2 oid, arg3 text, arg4 text > boolean; arg1 oid, arg2 text, arg3 text, arg4 text > boolean; arg1 oid, arg2 text, arg3 smallint, arg4 text > boolean; arg1 oid, arg2 oid, arg3 text, arg4 text > boolean; arg1 oid, arg2 oid, arg3 smallint, arg4 text > boolean; arg1 text, arg2 text, arg3 text > boolean; arg1 text, arg2 smallint, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 oid, arg2 smallint, arg3 text > boolean
s has_database_privilege: arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text > boolean; arg1 name, arg2 text, arg3 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean
s has_foreign_data_wrapper_privilege: arg1 oid, arg2 text > boolean; arg1 name, arg2 text, arg3 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 text, arg2 text > boolean
s has_function_privilege: arg1 text, arg2 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 name, arg2 text, arg3 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean
s has_language_privilege: arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 name, arg2 text, arg3 text > boolean
s has_parameter_privilege: arg1 name, arg2 text, arg3 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 text, arg3 text > boolean
s has_schema_privilege: arg1 name, arg2 text, arg3 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text > boolean
s has_sequence_privilege: arg1 name, arg2 text, arg3 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 text > boolean
s has_server_privilege: arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean; arg1 name, arg2 text, arg3 text > boolean
s has_table_privilege: arg1 oid, arg2 oid, arg3 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 name, arg2 text, arg3 text > boolean; arg1 oid, arg2 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 text, arg3 text > boolean
s has_tablespace_privilege: arg1 name, arg2 text, arg3 text > boolean; arg1 oid, arg2 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 oid, arg2 text, arg3 text > boolean
s has_type_privilege: arg1 oid, arg2 text, arg3 text > boolean; arg1 name, arg2 text, arg3 text > boolean; arg1 name, arg2 oid, arg3 text > boolean; arg1 oid, arg2 oid, arg3 text > boolean; arg1 text, arg2 text > boolean; arg1 oid, arg2 text > boolean
s hashtext: arg1 text > integer
s hashtextextended: arg1 text, arg2 bigint > bigint
s height: arg1 box > double precision
s host: arg1 inet > text
s hostmask: arg1 inet > inet
s in_range: arg1 real, arg2 real, arg3 double precision, arg4 boolean, arg5 boolean > boolean; arg1 date, arg2 date, arg3 interval, arg4 boolean, arg5 boolean > boolean; arg1 decimal, arg2 decimal, arg3 decimal, arg4 boolean, arg5 boolean > boolean; arg1 time without time zone, arg2 time without time zone, arg3 interval, arg4 boolean, arg5 boolean > boolean; arg1 double precision, arg2 double precision, arg3 double precision, arg4 boolean, arg5 boolean > boolean; arg1 smallint, arg2 smallint, arg3 smallint, arg4 boolean, arg5 boolean > boolean; arg1 smallint, arg2 smallint, arg3 integer, arg4 boolean, arg5 boolean > boolean; arg1 smallint, arg2 smallint, arg3 bigint, arg4 boolean, arg5 boolean > boolean; arg1 integer, arg2 integer, arg3 smallint, arg4 boolean, arg5 boolean > boolean; arg1 integer, arg2 integer, arg3 integer, arg4 boolean, arg5 boolean > boolean; arg1 integer, arg2 integer, arg3 bigint, arg4 boolean, arg5 boolean > boolean; arg1 bigint, arg2 bigint, arg3 bigint, arg4 boolean, arg5 boolean > boolean; arg1 timestamp without time zone, arg2 timestamp without time zone, arg3 interval, arg4 boolean, arg5 boolean > boolean; arg1 timestamp with time zone, arg2 timestamp with time zone, arg3 interval, arg4 boolean, arg5 boolean > boolean; arg1 interval, arg2 interval, arg3 interval, arg4 boolean, arg5 boolean > boolean; arg1 time with time zone, arg2 time with time zone, arg3 interval, arg4 boolean, arg5 boolean > boolean
s initcap: arg1 text > text
s integer_pl_date: arg1 integer, arg2 date > date
s inter_lb: arg1 line, arg2 box > boolean
s inter_sb: arg1 lseg, arg2 box > boolean
s inter_sl: arg1 lseg, arg2 line > boolean
s interval: arg1 interval, arg2 integer > interval; arg1 time without time zone > interval
s is_normalized: arg1 text > boolean; arg1 text, arg2 text > boolean
s isclosed: arg1 path > boolean
s isempty: arg1 anyrange > boolean; arg1 anymultirange > boolean
s isfinite: arg1 timestamp with time zone > boolean; arg1 timestamp without time zone > boolean; arg1 date > boolean; arg1 interval > boolean
s ishorizontal: arg1 lseg > boolean; arg1 point, arg2 point > boolean; arg1 line > boolean
s isopen: arg1 path > boolean
s isparallel: arg1 lseg, arg2 lseg > boolean; arg1 line, arg2 line > boolean
s isperp: arg1 line, arg2 line > boolean; arg1 lseg, arg2 lseg > boolean
s isvertical: arg1 lseg > boolean; arg1 line > boolean; arg1 point, arg2 point > boolean
a json_agg: arg1 T > json
s json_array_element: from_json json, element_index integer > json
s json_array_element_text: from_json json, element_index integer > text
s json_array_elements: from_json json > json
s json_array_elements_text: from_json json > text
s json_array_length: arg1 json > integer
s json_build_array:  > json; arg1 ANY... > json
s json_build_object: arg1 ANY... > json;  > json
s json_each: from_json json > record
s json_each_text: from_json json > record
s json_extract_path: from_json json, path_elems text... > json
s json_extract_path_text: from_json json, path_elems text... > text
s json_object: arg1 text[], arg2 text[] > json; arg1 text[] > json
a json_object_agg: arg1 ANY, arg2 ANY > json
s json_object_field: from_json json, field_name text > json
s json_object_field_text: from_json json, field_name text > text
s json_object_keys: arg1 json > text
s json_populate_record: base T, from_json json > T; base T, from_json json, use_json_as_text boolean > T
s json_populate_recordset: base T, from_json json > T; base T, from_json json, use_json_as_text boolean > T
s json_strip_nulls: arg1 json > json
s json_typeof: arg1 json > text
a jsonb_agg: arg1 T > jsonb
s jsonb_array_element: from_json jsonb, element_index integer > jsonb
s jsonb_array_element_text: from_json jsonb, element_index integer > text
s jsonb_array_elements: from_json jsonb > jsonb
s jsonb_array_elements_text: from_json jsonb > text
s jsonb_array_length: arg1 jsonb > integer
s jsonb_build_array: arg1 ANY... > jsonb;  > jsonb
s jsonb_build_object: arg1 ANY... > jsonb;  > jsonb
s jsonb_each: from_json jsonb > record
s jsonb_each_text: from_json jsonb > record
s jsonb_extract_path: from_json jsonb, path_elems text... > jsonb
s jsonb_extract_path_text: from_json jsonb, path_elems text... > text
s jsonb_insert: jsonb_in jsonb, path text[], replacement jsonb > jsonb; jsonb_in jsonb, path text[], replacement jsonb, insert_after boolean > jsonb
s jsonb_object: arg1 text[] > jsonb; arg1 text[], arg2 text[] > jsonb
a jsonb_object_agg: arg1 ANY, arg2 ANY > jsonb
s jsonb_object_field: from_json jsonb, field_name text > jsonb
s jsonb_object_field_text: from_json jsonb, field_name text > text
s jsonb_object_keys: arg1 jsonb > text
s jsonb_path_exists: target jsonb, path jsonpath > boolean; target jsonb, path jsonpath, vars jsonb > boolean; target jsonb, path jsonpath, vars jsonb, silent boolean > boolean
s jsonb_path_exists_opr: arg1 jsonb, arg2 jsonpath > boolean
s jsonb_path_exists_tz: target jsonb, path jsonpath > boolean; target jsonb, path jsonpath, vars jsonb > boolean; target jsonb, path jsonpath, vars jsonb, silent boolean > boolean
s jsonb_path_match: target jsonb, path jsonpath > boolean; target jsonb, path jsonpath, vars jsonb > boolean; target jsonb, path jsonpath, vars jsonb, silent boolean > boolean
s jsonb_path_match_opr: arg1 jsonb, arg2 jsonpath > boolean
s jsonb_path_match_tz: target jsonb, path jsonpath > boolean; target jsonb, path jsonpath, vars jsonb > boolean; target jsonb, path jsonpath, vars jsonb, silent boolean > boolean
s jsonb_path_query: target jsonb, path jsonpath > jsonb; target jsonb, path jsonpath, vars jsonb > jsonb; target jsonb, path jsonpath, vars jsonb, silent boolean > jsonb
s jsonb_path_query_array: target jsonb, path jsonpath > jsonb; target jsonb, path jsonpath, vars jsonb > jsonb; target jsonb, path jsonpath, vars jsonb, silent boolean > jsonb
s jsonb_path_query_array_tz: target jsonb, path jsonpath > jsonb; target jsonb, path jsonpath, vars jsonb > jsonb; target jsonb, path jsonpath, vars jsonb, silent boolean > jsonb
s jsonb_path_query_first: target jsonb, path jsonpath > jsonb; target jsonb, path jsonpath, vars jsonb > jsonb; target jsonb, path jsonpath, vars jsonb, silent boolean > jsonb
s jsonb_path_query_first_tz: target jsonb, path jsonpath > jsonb; target jsonb, path jsonpath, vars jsonb > jsonb; target jsonb, path jsonpath, vars jsonb, silent boolean > jsonb
s jsonb_path_query_tz: target jsonb, path jsonpath > jsonb; target jsonb, path jsonpath, vars jsonb > jsonb; target jsonb, path jsonpath, vars jsonb, silent boolean > jsonb
s jsonb_populate_record: arg1 T, arg2 jsonb > T
s jsonb_populate_recordset: arg1 T, arg2 jsonb > T
s jsonb_pretty: arg1 jsonb > text
s jsonb_set: jsonb_in jsonb, path text[], replacement jsonb > jsonb; jsonb_in jsonb, path text[], replacement jsonb, create_if_missing boolean > jsonb
s jsonb_set_lax: jsonb_in jsonb, path text[], replacement jsonb > jsonb; jsonb_in jsonb, path text[], replacement jsonb, create_if_missing boolean > jsonb; jsonb_in jsonb, path text[], replacement jsonb, create_if_missing boolean, null_value_treatment text > jsonb
s jsonb_strip_nulls: arg1 jsonb > jsonb
s jsonb_typeof: arg1 jsonb > text
s justify_days: arg1 interval > interval
s justify_hours: arg1 interval > interval
s justify_interval: arg1 interval > interval
w lag: arg1 T, arg2 integer > T; arg1 T, arg2 integer, arg3 T > T; arg1 T > T
w last_value: arg1 T > T
s lastval:  > bigint
s lcm: arg1 bigint, arg2 bigint > bigint; arg1 decimal, arg2 decimal > decimal; arg1 integer, arg2 integer > integer
w lead: arg1 T > T; arg1 T, arg2 integer > T; arg1 T, arg2 integer, arg3 T > T
s left: arg1 text, arg2 integer > text
s length: arg1 text > integer; arg1 tsvector > integer; arg1 bytea, arg2 name > integer; arg1 path > double precision; arg1 lseg > double precision; arg1 bit > integer; arg1 character > integer; arg1 bytea > integer
s like: arg1 bytea, arg2 bytea > boolean; arg1 text, arg2 text > boolean; arg1 name, arg2 text > boolean
s like_escape: arg1 text, arg2 text > text; arg1 bytea, arg2 bytea > bytea
s ln: arg1 decimal > decimal; arg1 double precision > double precision
s log: arg1 decimal, arg2 decimal > decimal; arg1 decimal > decimal; arg1 double precision > double precision
s log10: arg1 decimal > decimal; arg1 double precision > double precision
s loread: arg1 integer, arg2 integer > bytea
s lower: arg1 anymultirange > T; arg1 anyrange > T; arg1 text > text
s lower_inc: arg1 anyrange > boolean; arg1 anymultirange > boolean
s lower_inf: arg1 anymultirange > boolean; arg1 anyrange > boolean
s lowrite: arg1 integer, arg2 bytea > integer
s lpad: arg1 text, arg2 integer, arg3 text > text; arg1 text, arg2 integer > text
s ltrim: arg1 bytea, arg2 bytea > bytea; arg1 text > text; arg1 text, arg2 text > text
s make_date: year integer, month integer, day integer > date
s make_interval:  > interval; years integer > interval; years integer, months integer > interval; years integer, months integer, weeks integer > interval; years integer, months integer, weeks integer, days integer > interval; years integer, months integer, weeks integer, days integer, hours integer > interval; years integer, months integer, weeks integer, days integer, hours integer, mins integer > interval; years integer, months integer, weeks integer, days integer, hours integer, mins integer, secs double precision > interval
s make_time: hour integer, min integer, sec double precision > time without time zone
s make_timestamp: year integer, month integer, mday integer, hour integer, min integer, sec double precision > timestamp without time zone
s make_timestamptz: year integer, month integer, mday integer, hour integer, min integer, sec double precision > timestamp with time zone; year integer, month integer, mday integer, hour integer, min integer, sec double precision, timezone text > timestamp with time zone
s makeaclitem: arg1 oid, arg2 oid, arg3 text, arg4 boolean > aclitem
s masklen: arg1 inet > integer
a max: arg1 timestamp without time zone > timestamp without time zone; arg1 money > money; arg1 time with time zone > time with time zone; arg1 time without time zone > time without time zone; arg1 date > date; arg1 double precision > double precision; arg1 real > real; arg1 oid > oid; arg1 smallint > smallint; arg1 integer > integer; arg1 bigint > bigint; arg1 T > T; arg1 xid8 > xid8; arg1 pg_lsn > pg_lsn; arg1 inet > inet; arg1 tid > tid; arg1 character > character; arg1 T[] > T[]; arg1 decimal > decimal; arg1 text > text; arg1 interval > interval; arg1 timestamp with time zone > timestamp with time zone
s md5: arg1 text > text; arg1 bytea > text
a min: arg1 T > T; arg1 smallint > smallint; arg1 oid > oid; arg1 date > date; arg1 time without time zone > time without time zone; arg1 double precision > double precision; arg1 xid8 > xid8; arg1 pg_lsn > pg_lsn; arg1 inet > inet; arg1 tid > tid; arg1 character > character; arg1 T[] > T[]; arg1 decimal > decimal; arg1 text > text; arg1 interval > interval; arg1 timestamp with time zone > timestamp with time zone; arg1 timestamp without time zone > timestamp without time zone; arg1 money > money; arg1 time with time zone > time with time zone; arg1 bigint > bigint; arg1 integer > integer; arg1 real > real
s min_scale: arg1 decimal > integer
s mod: arg1 decimal, arg2 decimal > decimal; arg1 bigint, arg2 bigint > bigint; arg1 integer, arg2 integer > integer; arg1 smallint, arg2 smallint > smallint
a mode: arg1 T > T
s mul_d_interval: arg1 double precision, arg2 interval > interval
s multirange: arg1 anyrange > anymultirange
s mxid_age: arg1 xid > integer
s netmask: arg1 inet > inet
s network: arg1 inet > cidr
s nextval: arg1 regclass > bigint
s normalize: arg1 text > text; arg1 text, arg2 text > text
s notlike: arg1 text, arg2 text > boolean; arg1 bytea, arg2 bytea > boolean; arg1 name, arg2 text > boolean
s now:  > timestamp with time zone
s npoints: arg1 path > integer; arg1 polygon > integer
w nth_value: arg1 T, arg2 integer > T
w ntile: arg1 integer > integer
s num_nonnulls: arg1 ANY... > integer
s num_nulls: arg1 ANY... > integer
s numeric: arg1 double precision > decimal; arg1 money > decimal; arg1 real > decimal; arg1 integer > decimal; arg1 smallint > decimal; arg1 decimal, arg2 integer > decimal; arg1 jsonb > decimal; arg1 bigint > decimal
s nummultirange:  > nummultirange; arg1 numrange > nummultirange; arg1 numrange... > nummultirange
s numnode: arg1 tsquery > integer
s numrange: arg1 decimal, arg2 decimal, arg3 text > numrange; arg1 decimal, arg2 decimal > numrange
s numrange_subdiff: arg1 decimal, arg2 decimal > double precision
s obj_description: arg1 oid > text; arg1 oid, arg2 name > text
s octet_length: arg1 text > integer; arg1 bit > integer; arg1 character > integer; arg1 bytea > integer
s on_pb: arg1 point, arg2 box > boolean
s on_pl: arg1 point, arg2 line > boolean
s on_ppath: arg1 point, arg2 path > boolean
s on_ps: arg1 point, arg2 lseg > boolean
s on_sb: arg1 lseg, arg2 box > boolean
s on_sl: arg1 lseg, arg2 line > boolean
s overlaps: arg1 timestamp without time zone, arg2 interval, arg3 timestamp without time zone, arg4 timestamp without time zone > boolean; arg1 time without time zone, arg2 time without time zone, arg3 time without time zone, arg4 time without time zone > boolean; arg1 timestamp with time zone, arg2 timestamp with time zone, arg3 timestamp with time zone, arg4 timestamp with time zone > boolean; arg1 timestamp without time zone, arg2 timestamp without time zone, arg3 timestamp without time zone, arg4 timestamp without time zone > boolean; arg1 time with time zone, arg2 time with time zone, arg3 time with time zone, arg4 time with time zone > boolean; arg1 time without time zone, arg2 interval, arg3 time without time zone, arg4 time without time zone > boolean; arg1 time without time zone, arg2 time without time zone, arg3 time without time zone, arg4 interval > boolean; arg1 time without time zone, arg2 interval, arg3 time without time zone, arg4 interval > boolean; arg1 timestamp without time zone, arg2 interval, arg3 timestamp without time zone, arg4 interval > boolean; arg1 timestamp with time zone, arg2 timestamp with time zone, arg3 timestamp with time zone, arg4 interval > boolean; arg1 timestamp with time zone, arg2 interval, arg3 timestamp with time zone, arg4 interval > boolean; arg1 timestamp with time zone, arg2 interval, arg3 timestamp with time zone, arg4 timestamp with time zone > boolean; arg1 timestamp without time zone, arg2 timestamp without time zone, arg3 timestamp without time zone, arg4 interval > boolean
s overlay: arg1 text, arg2 text, arg3 integer > text; arg1 bit, arg2 bit, arg3 integer > bit; arg1 bytea, arg2 bytea, arg3 integer, arg4 integer > bytea; arg1 bytea, arg2 bytea, arg3 integer > bytea; arg1 bit, arg2 bit, arg3 integer, arg4 integer > bit; arg1 text, arg2 text, arg3 integer, arg4 integer > text
s parse_ident: str text > text[]; str text, strict boolean > text[]
s path: arg1 polygon > path
s pclose: arg1 path > path
w percent_rank:  > double precision
a percent_rank: arg1 ANY... > double precision
a percentile_cont: arg1 double precision[], arg2 double precision > double precision[]; arg1 double precision[], arg2 interval > interval[]; arg1 double precision, arg2 interval > interval; arg1 double precision, arg2 double precision > double precision
a percentile_disc: arg1 double precision[], arg2 T > T[]; arg1 double precision, arg2 T > T
s pg_get_backend_memory_contexts:  > record
s pg_get_catalog_foreign_keys:  > record
s pg_get_constraintdef: arg1 oid, arg2 boolean > text; arg1 oid > text
s pg_get_expr: arg1 pg_node_tree, arg2 oid > text; arg1 pg_node_tree, arg2 oid, arg3 boolean > text
s pg_get_function_arg_default: arg1 oid, arg2 integer > text
s pg_get_function_arguments: arg1 oid > text
s pg_get_function_identity_arguments: arg1 oid > text
s pg_get_function_result: arg1 oid > text
s pg_get_function_sqlbody: arg1 oid > text
s pg_get_functiondef: arg1 oid > text
s pg_get_indexdef: arg1 oid, arg2 integer, arg3 boolean > text; arg1 oid > text
s pg_get_keywords:  > record
s pg_get_multixact_members: multixid xid > record
s pg_get_object_address: type text, object_names text[], object_args text[] > record
s pg_get_partition_constraintdef: arg1 oid > text
s pg_get_partkeydef: arg1 oid > text
s pg_get_publication_tables: pubname text > record
s pg_get_replica_identity_index: arg1 regclass > regclass
s pg_get_replication_slots:  > record
s pg_get_ruledef: arg1 oid, arg2 boolean > text; arg1 oid > text
s pg_get_serial_sequence: arg1 text, arg2 text > text
s pg_get_shmem_allocations:  > record
s pg_get_statisticsobjdef: arg1 oid > text
s pg_get_statisticsobjdef_columns: arg1 oid > text
s pg_get_statisticsobjdef_expressions: arg1 oid > text[]
s pg_get_triggerdef: arg1 oid, arg2 boolean > text; arg1 oid > text
s pg_get_userbyid: arg1 oid > name
s pg_get_viewdef: arg1 oid > text; arg1 text > text; arg1 oid, arg2 boolean > text; arg1 text, arg2 boolean > text; arg1 oid, arg2 integer > text
s pg_get_wal_replay_pause_state:  > text
s pg_get_wal_resource_managers:  > record
s pg_size_bytes: arg1 text > bigint
s pg_size_pretty: arg1 decimal > text; arg1 bigint > text
s pg_typeof: arg1 ANY > regtype
s phraseto_tsquery: arg1 text > tsquery; arg1 regconfig, arg2 text > tsquery
s pi:  > double precision
s plainto_tsquery: arg1 text > tsquery; arg1 regconfig, arg2 text > tsquery
s popen: arg1 path > path
s position: arg1 text, arg2 text > integer; arg1 bytea, arg2 bytea > integer; arg1 bit, arg2 bit > integer
s postgresql_fdw_validator: arg1 text[], arg2 oid > boolean
s pow: arg1 double precision, arg2 double precision > double precision; arg1 decimal, arg2 decimal > decimal
s power: arg1 decimal, arg2 decimal > decimal; arg1 double precision, arg2 double precision > double precision
s pt_contained_circle: arg1 point, arg2 circle > boolean
s pt_contained_poly: arg1 point, arg2 polygon > boolean
s query_to_xml: query text, nulls boolean, tableforest boolean, targetns text > xml
s query_to_xml_and_xmlschema: query text, nulls boolean, tableforest boolean, targetns text > xml
s query_to_xmlschema: query text, nulls boolean, tableforest boolean, targetns text > xml
s querytree: arg1 tsquery > text
s quote_ident: arg1 text > text
s quote_literal: arg1 T > text; arg1 text > text
s quote_nullable: arg1 text > text; arg1 T > text
s radians: arg1 double precision > double precision
s radius: arg1 circle > double precision
s random:  > double precision
a rank: arg1 ANY... > bigint
w rank:  > bigint
s regclass: arg1 text > regclass
s regexp_count: arg1 text, arg2 text, arg3 integer, arg4 text > integer; arg1 text, arg2 text, arg3 integer > integer; arg1 text, arg2 text > integer
s regexp_instr: arg1 text, arg2 text, arg3 integer > integer; arg1 text, arg2 text, arg3 integer, arg4 integer, arg5 integer, arg6 text, arg7 integer > integer; arg1 text, arg2 text, arg3 integer, arg4 integer, arg5 integer, arg6 text > integer; arg1 text, arg2 text, arg3 integer, arg4 integer, arg5 integer > integer; arg1 text, arg2 text, arg3 integer, arg4 integer > integer; arg1 text, arg2 text > integer
s regexp_like: arg1 text, arg2 text > boolean; arg1 text, arg2 text, arg3 text > boolean
s regexp_match: arg1 text, arg2 text > text[]; arg1 text, arg2 text, arg3 text > text[]
s regexp_matches: arg1 text, arg2 text > text[]; arg1 text, arg2 text, arg3 text > text[]
s regexp_replace: arg1 text, arg2 text, arg3 text, arg4 integer, arg5 integer > text; arg1 text, arg2 text, arg3 text > text; arg1 text, arg2 text, arg3 text, arg4 text > text; arg1 text, arg2 text, arg3 text, arg4 integer > text; arg1 text, arg2 text, arg3 text, arg4 integer, arg5 integer, arg6 text > text
s regexp_split_to_array: arg1 text, arg2 text, arg3 text > text[]; arg1 text, arg2 text > text[]
s regexp_split_to_table: arg1 text, arg2 text, arg3 text > text; arg1 text, arg2 text > text
s regexp_substr: arg1 text, arg2 text, arg3 integer, arg4 integer > text; arg1 text, arg2 text, arg3 integer, arg4 integer, arg5 text, arg6 integer > text; arg1 text, arg2 text > text; arg1 text, arg2 text, arg3 integer > text; arg1 text, arg2 text, arg3 integer, arg4 integer, arg5 text > text
a regr_avgx: arg1 double precision, arg2 double precision > double precision
a regr_avgy: arg1 double precision, arg2 double precision > double precision
a regr_count: arg1 double precision, arg2 double precision > bigint
a regr_intercept: arg1 double precision, arg2 double precision > double precision
a regr_r2: arg1 double precision, arg2 double precision > double precision
a regr_slope: arg1 double precision, arg2 double precision > double precision
a regr_sxx: arg1 double precision, arg2 double precision > double precision
a regr_sxy: arg1 double precision, arg2 double precision > double precision
a regr_syy: arg1 double precision, arg2 double precision > double precision
s repeat: arg1 text, arg2 integer > text
s replace: arg1 text, arg2 text, arg3 text > text
s reverse: arg1 text > text
s right: arg1 text, arg2 integer > text
s round: arg1 double precision > double precision; arg1 decimal, arg2 integer > decimal; arg1 decimal > decimal
w row_number:  > bigint
s row_security_active: arg1 oid > boolean; arg1 text > boolean
s row_to_json: arg1 record > json; arg1 record, arg2 boolean > json
s rpad: arg1 text, arg2 integer, arg3 text > text; arg1 text, arg2 integer > text
s rtrim: arg1 text > text; arg1 bytea, arg2 bytea > bytea; arg1 text, arg2 text > text
s satisfies_hash_partition: arg1 oid, arg2 integer, arg3 integer, arg4 ANY... > boolean
s scale: arg1 decimal > integer
s schema_to_xml: schema name, nulls boolean, tableforest boolean, targetns text > xml
s schema_to_xml_and_xmlschema: schema name, nulls boolean, tableforest boolean, targetns text > xml
s schema_to_xmlschema: schema name, nulls boolean, tableforest boolean, targetns text > xml
s session_user:  > name
s set_bit: arg1 bit, arg2 integer, arg3 integer > bit; arg1 bytea, arg2 bigint, arg3 integer > bytea
s set_byte: arg1 bytea, arg2 integer, arg3 integer > bytea
s set_config: arg1 text, arg2 text, arg3 boolean > text
s set_masklen: arg1 inet, arg2 integer > inet; arg1 cidr, arg2 integer > cidr
s setval: arg1 regclass, arg2 bigint > bigint; arg1 regclass, arg2 bigint, arg3 boolean > bigint
s setweight: arg1 tsvector, arg2 char, arg3 text[] > tsvector; arg1 tsvector, arg2 char > tsvector
s sha224: arg1 bytea > bytea
s sha256: arg1 bytea > bytea
s sha384: arg1 bytea > bytea
s sha512: arg1 bytea > bytea
s shobj_description: arg1 oid, arg2 name > text
s sign: arg1 decimal > decimal; arg1 double precision > double precision
s similar_escape: arg1 text, arg2 text > text
s similar_to_escape: arg1 text > text; arg1 text, arg2 text > text
s sin: arg1 double precision > double precision
s sind: arg1 double precision > double precision
s sinh: arg1 double precision > double precision
s slope: arg1 point, arg2 point > double precision
s split_part: arg1 text, arg2 text, arg3 integer > text
s sqrt: arg1 decimal > decimal; arg1 double precision > double precision
s starts_with: arg1 text, arg2 text > boolean
s statement_timestamp:  > timestamp with time zone
a stddev: arg1 bigint > decimal; arg1 decimal > decimal; arg1 smallint > decimal; arg1 real > double precision; arg1 integer > decimal; arg1 double precision > double precision
a stddev_pop: arg1 smallint > decimal; arg1 decimal > decimal; arg1 double precision > double precision; arg1 real > double precision; arg1 bigint > decimal; arg1 integer > decimal
a stddev_samp: arg1 smallint > decimal; arg1 decimal > decimal; arg1 double precision > double precision; arg1 real > double precision; arg1 integer > decimal; arg1 bigint > decimal
a string_agg: arg1 text, arg2 text > text; arg1 bytea, arg2 bytea > bytea
s string_to_array: arg1 text, arg2 text, arg3 text > text[]; arg1 text, arg2 text > text[]
s string_to_table: arg1 text, arg2 text > text; arg1 text, arg2 text, arg3 text > text
s strip: arg1 tsvector > tsvector
s strpos: arg1 text, arg2 text > integer
s substr: arg1 text, arg2 integer, arg3 integer > text; arg1 bytea, arg2 integer > bytea; arg1 text, arg2 integer > text; arg1 bytea, arg2 integer, arg3 integer > bytea
s substring: arg1 text, arg2 text, arg3 text > text; arg1 text, arg2 text > text; arg1 text, arg2 integer, arg3 integer > text; arg1 bit, arg2 integer > bit; arg1 bit, arg2 integer, arg3 integer > bit; arg1 text, arg2 integer > text; arg1 bytea, arg2 integer > bytea; arg1 bytea, arg2 integer, arg3 integer > bytea
a sum: arg1 decimal > decimal; arg1 real > real; arg1 money > money; arg1 interval > interval; arg1 double precision > double precision; arg1 bigint > decimal; arg1 integer > bigint; arg1 smallint > bigint
s table_to_xml: tbl regclass, nulls boolean, tableforest boolean, targetns text > xml
s table_to_xml_and_xmlschema: tbl regclass, nulls boolean, tableforest boolean, targetns text > xml
s table_to_xmlschema: tbl regclass, nulls boolean, tableforest boolean, targetns text > xml
s tan: arg1 double precision > double precision
s tand: arg1 double precision > double precision
s tanh: arg1 double precision > double precision
s text: arg1 name > text; arg1 boolean > text; arg1 char > text; arg1 xml > text; arg1 character > text; arg1 inet > text
s textanycat: arg1 text, arg2 T > text
s textcat: arg1 text, arg2 text > text
s texteq: arg1 text, arg2 text > boolean
s texteqname: arg1 text, arg2 name > boolean
s textgename: arg1 text, arg2 name > boolean
s textgtname: arg1 text, arg2 name > boolean
s texticlike: arg1 text, arg2 text > boolean
s texticnlike: arg1 text, arg2 text > boolean
s texticregexeq: arg1 text, arg2 text > boolean
s texticregexne: arg1 text, arg2 text > boolean
s textlen: arg1 text > integer
s textlename: arg1 text, arg2 name > boolean
s textlike: arg1 text, arg2 text > boolean
s textltname: arg1 text, arg2 name > boolean
s textne: arg1 text, arg2 text > boolean
s textnename: arg1 text, arg2 name > boolean
s textnlike: arg1 text, arg2 text > boolean
s textregexeq: arg1 text, arg2 text > boolean
s textregexne: arg1 text, arg2 text > boolean
s tideq: arg1 tid, arg2 tid > boolean
s tidge: arg1 tid, arg2 tid > boolean
s tidgt: arg1 tid, arg2 tid > boolean
s tidlarger: arg1 tid, arg2 tid > tid
s tidle: arg1 tid, arg2 tid > boolean
s tidlt: arg1 tid, arg2 tid > boolean
s tidne: arg1 tid, arg2 tid > boolean
s tidsmaller: arg1 tid, arg2 tid > tid
s time: arg1 interval > time without time zone; arg1 timestamp without time zone > time without time zone; arg1 timestamp with time zone > time without time zone; arg1 time with time zone > time without time zone; arg1 time without time zone, arg2 integer > time without time zone
s timedate_pl: arg1 time without time zone, arg2 date > timestamp without time zone
s timeofday:  > text
s timestamp: arg1 date, arg2 time without time zone > timestamp without time zone; arg1 timestamp with time zone > timestamp without time zone; arg1 timestamp without time zone, arg2 integer > timestamp without time zone; arg1 date > timestamp without time zone
s timezone: arg1 text, arg2 timestamp with time zone > timestamp without time zone; arg1 text, arg2 timestamp without time zone > timestamp with time zone; arg1 interval, arg2 timestamp with time zone > timestamp without time zone; arg1 interval, arg2 timestamp without time zone > timestamp with time zone; arg1 text, arg2 time with time zone > time with time zone; arg1 interval, arg2 time with time zone > time with time zone
s to_ascii: arg1 text > text; arg1 text, arg2 integer > text; arg1 text, arg2 name > text
s to_char: arg1 interval, arg2 text > text; arg1 double precision, arg2 text > text; arg1 bigint, arg2 text > text; arg1 real, arg2 text > text; arg1 timestamp without time zone, arg2 text > text; arg1 decimal, arg2 text > text; arg1 timestamp with time zone, arg2 text > text; arg1 integer, arg2 text > text
s to_date: arg1 text, arg2 text > date
s to_hex: arg1 bigint > text; arg1 integer > text
s to_json: arg1 T > json
s to_jsonb: arg1 T > jsonb
s to_number: arg1 text, arg2 text > decimal
s to_regclass: arg1 text > regclass
s to_regcollation: arg1 text > regcollation
s to_regnamespace: arg1 text > regnamespace
s to_regoper: arg1 text > regoper
s to_regoperator: arg1 text > regoperator
s to_regproc: arg1 text > regproc
s to_regprocedure: arg1 text > regprocedure
s to_regrole: arg1 text > regrole
s to_regtype: arg1 text > regtype
s to_timestamp: arg1 text, arg2 text > timestamp with time zone; arg1 double precision > timestamp with time zone
s to_tsquery: arg1 text > tsquery; arg1 regconfig, arg2 text > tsquery
s to_tsvector: arg1 text > tsvector; arg1 regconfig, arg2 json > tsvector; arg1 regconfig, arg2 jsonb > tsvector; arg1 json > tsvector; arg1 regconfig, arg2 text > tsvector; arg1 jsonb > tsvector
s transaction_timestamp:  > timestamp with time zone
s translate: arg1 text, arg2 text, arg3 text > text
s trim_array: arg1 T[], arg2 integer > T[]
s trim_scale: arg1 decimal > decimal
s trunc: arg1 double precision > double precision; arg1 decimal > decimal; arg1 macaddr > macaddr; arg1 macaddr8 > macaddr8; arg1 decimal, arg2 integer > decimal
s tsmultirange: arg1 tsrange > tsmultirange; arg1 tsrange... > tsmultirange;  > tsmultirange
s tsrange: arg1 timestamp without time zone, arg2 timestamp without time zone > tsrange; arg1 timestamp without time zone, arg2 timestamp without time zone, arg3 text > tsrange
s tsrange_subdiff: arg1 timestamp without time zone, arg2 timestamp without time zone > double precision
s tstzmultirange: arg1 tstzrange > tstzmultirange;  > tstzmultirange; arg1 tstzrange... > tstzmultirange
s tstzrange: arg1 timestamp with time zone, arg2 timestamp with time zone > tstzrange; arg1 timestamp with time zone, arg2 timestamp with time zone, arg3 text > tstzrange
s tstzrange_subdiff: arg1 timestamp with time zone, arg2 timestamp with time zone > double precision
s txid_current:  > bigint
s txid_current_if_assigned:  > bigint
s txid_current_snapshot:  > txid_snapshot
s txid_snapshot_xip: arg1 txid_snapshot > bigint
s txid_snapshot_xmax: arg1 txid_snapshot > bigint
s txid_snapshot_xmin: arg1 txid_snapshot > bigint
s txid_status: arg1 bigint > text
s txid_visible_in_snapshot: arg1 bigint, arg2 txid_snapshot > boolean
s unistr: arg1 text > text
s unnest: tsvector tsvector > record; arg1 T[] > T; arg1 anymultirange > anyrange
s upper: arg1 anymultirange > T; arg1 anyrange > T; arg1 text > text
s upper_inc: arg1 anymultirange > boolean; arg1 anyrange > boolean
s upper_inf: arg1 anyrange > boolean; arg1 anymultirange > boolean
a var_pop: arg1 double precision > double precision; arg1 bigint > decimal; arg1 decimal > decimal; arg1 integer > decimal; arg1 smallint > decimal; arg1 real > double precision
a var_samp: arg1 double precision > double precision; arg1 real > double precision; arg1 smallint > decimal; arg1 integer > decimal; arg1 bigint > decimal; arg1 decimal > decimal
s varchar: arg1 character varying, arg2 integer, arg3 boolean > character varying; arg1 name > character varying
a variance: arg1 smallint > decimal; arg1 double precision > double precision; arg1 decimal > decimal; arg1 integer > decimal; arg1 bigint > decimal; arg1 real > double precision
s version:  > text
s websearch_to_tsquery: arg1 regconfig, arg2 text > tsquery; arg1 text > tsquery
s width: arg1 box > double precision
s width_bucket: arg1 decimal, arg2 decimal, arg3 decimal, arg4 integer > integer; arg1 double precision, arg2 double precision, arg3 double precision, arg4 integer > integer; arg1 T, arg2 T[] > integer
s xml: arg1 text > xml
s xml_is_well_formed: arg1 text > boolean
s xml_is_well_formed_content: arg1 text > boolean
s xml_is_well_formed_document: arg1 text > boolean
a xmlagg: arg1 xml > xml
s xmlcomment: arg1 text > xml
s xmlconcat2: arg1 xml, arg2 xml > xml
s xmlexists: arg1 text, arg2 xml > boolean
s xmlvalidate: arg1 xml, arg2 text > boolean
s xpath: arg1 text, arg2 xml, arg3 text[] > xml[]; arg1 text, arg2 xml > xml[]
s xpath_exists: arg1 text, arg2 xml > boolean; arg1 text, arg2 xml, arg3 text[] > boolean
`;
