/** A set of the words of a list. The words of SQL are lower case; a quoted name is never one of them. */
export const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** Words that begin the next part of a query: where garbage ends, and what half-typed text is cut off by. */
export const CLAUSE_STARTS = words(`
  select from where group having qualify order limit union intersect except on using join inner cross natural
  window fetch into when then else end and or as tablesample pivot unpivot with connect lateral`);

/** Words that never begin an operand, apart from those in `NAMES_AT_TIMES`. */
export const OPERAND_STOPS = words(`
  from where group having qualify order limit union intersect except minus on using join inner cross natural select
  when then else end and or as in between like ilike is by into asc desc fetch full left right window`);

/** Stops that name a column or function when what follows them says so. */
export const NAMES_AT_TIMES = words(`qualify minus left right asc desc end full window cross limit fetch natural`);

/** Words that cannot be the alias of a select item without AS. */
export const ITEM_ALIAS_STOPS = words(`
  from where group having qualify order limit offset fetch union intersect except minus window on using join inner cross
  left right full natural into with and or as when then else end in is not like ilike rlike regexp similar between
  distribute cluster sort connect bulk lateral collate isnull notnull`);

/** Words that cannot be the alias of a relation without AS. */
export const TABLE_ALIAS_STOPS = words(`
  where group having qualify order limit offset fetch union intersect except minus window on using join inner cross left
  right full natural lateral tablesample match_recognize match_condition for with select from set and or
  distribute cluster sort connect as then when`);

/** Words that are the alias of a relation unless what follows shows that they begin a clause or a join. */
export const TABLE_ALIASES_AT_TIMES = words(`asof positional semi anti sample start at before changes version
  timestamp qualify window exclude pivot unpivot`);

/** Words before JOIN. */
export const JOIN_WORDS = words(`
  natural asof inner left right full outer cross semi anti positional any all directed global hash merge broadcast`);

/** Operators between queries; MINUS is EXCEPT. */
export const SET_OPERATORS = words('union intersect except minus');

/** Functions that are called by their bare names. */
export const BARE_FUNCTIONS = words(`
  current_date current_time current_timestamp localtime localtimestamp current_user session_user current_role
  current_catalog current_schema system_user sysdate`);

/** Types whose name may stand before a string and make it a literal of that type. */
export const LITERAL_TYPES = words(`
  date time timestamp timestamptz timestamp_ntz timestamp_ltz timestamp_tz timetz datetime numeric decimal bignumeric
  bigdecimal json jsonb bytes range uuid inet cidr box point polygon circle line lseg path text varchar char double real
  float float4 float8 int int2 int4 int8 boolean bool bit ipaddress bigint integer smallint tinyint xml hugeint uint256
  int256 bpchar name timestamp_s timestamp_ms timestamp_ns time_ns utinyint usmallint uinteger ubigint uhugeint bitstring regclass tsvector tsquery varbinary blob interval uint128`);

/** Units of time in intervals. */
export const INTERVAL_UNITS = words(`
  year years quarter quarters month months week weeks day days hour hours minute minutes second seconds millisecond
  milliseconds microsecond microseconds nanosecond nanoseconds decade decades century centuries millennium millennia`);

/** Parts of a date that functions take by their bare name. */
export const DATE_PARTS = words(`
  year years quarter quarters month months week weeks day days hour hours minute minutes second seconds millisecond
  milliseconds microsecond microseconds nanosecond nanoseconds decade century millennium
  y yy yyy yyyy yr q qtr mm mon mons w wk d dd dy doy dw dow h hh hr hrs m mi min mins n s ss sec secs ms msec us usec ns
  isoyear isoweek isodow dayofweek dayofmonth dayofyear dayofweekiso dayofweek_iso weekofyear weekiso week_iso yearofweek
  yearofweekiso weekday epoch epoch_second epoch_millisecond epoch_seconds epoch_milliseconds timezone timezone_hour
  timezone_minute date time datetime julian era`);

/** Which argument of a function, counted from 0, is such a part when it is a bare name. */
export const PART_ARGUMENTS: ReadonlyMap<string, number> = new Map([
  ...['dateadd', 'datediff', 'date_add', 'timestampadd', 'timestampdiff', 'timeadd', 'timediff', 'date_part'].map(
    part(0),
  ),
  ...['extract', 'datepart', 'datename', 'time_slice'].map(part(0)),
  ...['date_trunc', 'timestamp_trunc', 'datetime_trunc', 'time_trunc', 'last_day', 'trunc', 'next_day'].map(part(1)),
  ...['date_diff', 'timestamp_diff', 'datetime_diff', 'time_diff'].map(part(2)),
]);

function part(position: number): (name: string) => [string, number] {
  return name => [name, position];
}
