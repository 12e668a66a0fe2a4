import type { Family, ValueMaker, ValueRule } from './grammar.ts';

const DECIMALS = ['decimal(12,3)', 'decimal(4,1)', 'decimal(38,10)', 'decimal(18,0)', 'numeric'];
const NUMBERS = [
  'bigint',
  'double',
  'integer',
  'smallint',
  'tinyint',
  'hugeint',
  'utinyint',
  'uinteger',
  'float',
  ...DECIMALS,
];

/** A lambda in one of its two spellings. */
function lambda(it: ValueMaker, body: (name: string) => string): string {
  const name = it.name('x');
  return it.dice.once(2) ? `${name} -> ${body(name)}` : `lambda ${name}: ${body(name)}`;
}

const NUMBER_RULES: readonly ValueRule[] = [
  it => `cast(${it.of('number')} as ${it.dice.pick(NUMBERS)})`,
  it => `${it.of('number')}::${it.dice.pick(NUMBERS)}`,
  it => `try_cast(${it.of('text')} as ${it.dice.pick(NUMBERS)})`,
  it => `(${it.of('number')} ${it.dice.pick(['+', '-', '*'])} ${it.of('number')}::${it.dice.pick(DECIMALS)})`,
  it => `(${it.of('number')} ${it.dice.pick(['//', '%', '**', '^', '/'])} ${it.of('number')})`,
  it => `round(${it.of('number')}, ${it.dice.pick(['1', '0', '2', '-1'])})`,
  it => `${it.dice.pick(['round', 'trunc', 'sqrt', 'ln', 'exp', 'cos', 'degrees'])}(${it.of('number')})`,
  it => `mod(${it.of('number')}, 7)`,
  it => `power(${it.of('number')}, 2)`,
  it => `${it.dice.pick(['strlen', 'ascii', 'ord', 'unicode', 'bit_length'])}(${it.of('text')})`,
  it => `date_diff('${it.dice.pick(['day', 'month'])}', ${it.of('date')}, ${it.of('date')})`,
  it => `datediff('hour', ${it.of('moment')}, ${it.of('moment')})`,
  it => `${it.dice.pick(['year', 'month', 'dayofweek', 'epoch', 'epoch_ms', 'hour', 'quarter'])}(${it.of('moment')})`,
  it =>
    `${it.dice.pick(['len', 'list_sum', 'list_max', 'list_avg', 'list_first', 'list_unique', 'array_length'])}(${it.of('numbers')})`,
  it => `${it.of('numbers')}[${it.dice.pick(['1', '-1'])}]`,
  it => `list_aggregate(${it.of('numbers')}, '${it.dice.pick(['sum', 'avg', 'min', 'count', 'median'])}')`,
  it => `list_reduce(${it.of('numbers')}, (a, b) -> a + b)`,
  it => `list_position(${it.of('texts')}, ${it.of('text')})`,
  it => `${it.of('struct')}.lat`,
  it => `struct_extract(${it.of('struct')}, 'lon')`,
  it => `${it.of('structs')}[1].price`,
  it => `cardinality(${it.of('map')})`,
  it => `${it.of('map')}['a']`,
  it => `json_array_length(${it.of('json')})`,
  it => `(${it.of('json')} ->> '$.n')::${it.dice.pick(['integer', 'double', 'bigint'])}`,
  it => `hash(${it.of('text')})`,
  it => `if(${it.of('boolean')}, ${it.of('number')}, ${it.constant('number')})`,
  it => `ifnull(${it.of('number')}, 0)`,
  it => `case when ${it.of('boolean')} then 1 when ${it.of('boolean')} then 2.55 else ${it.of('number')} end`,
  it => `coalesce(${it.of('number')}, 0, 1.5)`,
  it => `(${it.of('boolean')})::integer`,
  it => `levenshtein(${it.of('text')}, ${it.of('text')})`,
  it => `instr(${it.of('text')}, 'a')`,
  it => `(${it.of('number')}::integer ${it.dice.pick(['&', '|', '<<', '>>'])} 3)`,
  it => `xor(${it.of('number')}::integer, 5)`,
  it => `octet_length(${it.of('bytes')})`,
];

const TEXT_RULES: readonly ValueRule[] = [
  it =>
    `${it.dice.pick(['md5', 'initcap', 'sha256', 'url_encode', 'strip_accents', 'trim'])}(${it.of('text')})`.replace(
      'initcap',
      'upper',
    ),
  it => `strftime(${it.of('moment')}, '%Y-%m')`,
  it => `regexp_replace(${it.of('text')}, 'a+', 'b', 'g')`,
  it => `regexp_extract(${it.of('text')}, '(a)(b)', 1)`,
  it => `${it.of('text')}[1:2]`,
  it => `${it.of('text')}[1]`,
  it => `array_to_string(${it.of('texts')}, ',')`,
  it => `list_extract(${it.of('texts')}, 1)`,
  it => `${it.of('texts')}[1]`,
  it => `${it.of('struct')}.city`,
  it => `${it.of('struct')}['city']`,
  it => `${it.of('structs')}[1].sku`,
  it => `map_keys(${it.of('map')})[1]`,
  it => `(${it.of('json')} ->> 'a')`,
  it => `json_extract_string(${it.of('json')}, '$.a.b')`,
  it => `json_type(${it.of('json')})`,
  it => `${it.dice.pick(['dayname', 'monthname'])}(${it.of('date')})`,
  it => `typeof(${it.of('number')})`,
  it => `format('{}-{}', ${it.of('text')}, ${it.of('number')})`,
  it => `printf('%s', ${it.of('text')})`,
  it => `lpad(${it.of('text')}, 5, '0')`,
  it => `${it.of('text')}::char(3)`,
  it => `string_split(${it.of('text')}, ',')[1]`,
  it => `(${it.of('text')}).upper().left(2)`,
  () => `chr(65)`,
  it => `repeat(${it.of('text')}, 2)`,
  it => `${it.of('text')} collate nocase`,
  it => `case when ${it.of('boolean')} then 'a'::varchar else 'b' end`,
  it => `(${it.of('structs')}).list_transform(s -> s.sku).list_first()`,
];

const LIST_RULES: Partial<Readonly<Record<Family, readonly ValueRule[]>>> = {
  numbers: [
    it => `[${it.of('number')}, ${it.of('number')}]`,
    it => `list_value(${it.of('number')}, 2)`,
    it => `list_transform(${it.of('numbers')}, ${lambda(it, x => `${x} + ${it.of('number')}`)})`,
    it => `list_transform(${it.of('texts')}, ${lambda(it, x => `length(${x})`)})`,
    it => `list_transform(${it.of('structs')}, ${lambda(it, x => `${x}.price * 2`)})`,
    it => `list_filter(${it.of('numbers')}, ${lambda(it, x => `${x} > 1`)})`,
    it => `[x * 2 for x in ${it.of('numbers')} if x > 1]`,
    it => `[x.price for x in ${it.of('structs')}]`,
    it => `${it.of('numbers')}[1:2]`,
    it => `${it.dice.pick(['list_sort', 'list_distinct', 'list_reverse', 'array_sort'])}(${it.of('numbers')})`,
    it => `list_append(${it.of('numbers')}, 4)`,
    it => `list_concat(${it.of('numbers')}, ${it.of('numbers')})`,
    it => `(${it.of('numbers')} || ${it.of('numbers')})`,
    () => `range(3)`,
    it => `flatten([${it.of('numbers')}])`,
    it => `map_values(${it.of('map')})`,
    it => `list_slice(${it.of('numbers')}, 1, 2)`,
    it => `array(select ${it.constant('number')} from ${it.relation().sql})`,
  ],
  texts: [
    it => `[${it.of('text')}, 'b']`,
    it => `string_split(${it.of('text')}, ',')`,
    it => `regexp_split_to_array(${it.of('text')}, ',')`,
    it => `regexp_extract_all(${it.of('text')}, 'a.')`,
    it => `map_keys(${it.of('map')})`,
    it => `list_transform(${it.of('texts')}, ${lambda(it, x => `upper(${x})`)})`,
    it => `list_filter(${it.of('texts')}, (x, i) -> i > 1)`,
    it => `list_transform(${it.of('structs')}, ${lambda(it, x => `${x}.sku`)})`,
    it => `json_keys(${it.of('json')})`,
    it => `list_intersect(${it.of('texts')}, ${it.of('texts')})`,
    it => `array_append(${it.of('texts')}, ${it.of('text')})`,
  ],
  struct: [
    it => `{'city': ${it.of('text')}, 'lat': ${it.of('number')}::double, 'lon': ${it.of('number')}::double}`,
    it => `struct_pack(city := ${it.of('text')}, lat := ${it.of('number')}::double, lon := 0.5::double)`,
    it => `row(${it.of('text')}, ${it.of('number')}::double, 1::double)::struct(city varchar, lat double, lon double)`,
  ],
  structs: [
    it => `[{'sku': ${it.of('text')}, 'price': ${it.of('number')}::decimal(8,2)}]`,
    it => `list_filter(${it.of('structs')}, ${lambda(it, x => `${x}.price > 1`)})`,
    it => `list_transform(${it.of('texts')}, ${lambda(it, x => `{'sku': ${x}, 'price': 1.5::decimal(8,2)}`)})`,
    it => `${it.of('structs')}[1:1]`,
  ],
  map: [
    it => `map([${it.of('text')}], [${it.of('number')}::integer])`,
    it => `map {'a': ${it.of('number')}::integer}`,
    it => `map_concat(${it.of('map')}, ${it.of('map')})`,
    it => `map_from_entries([(${it.of('text')}, 1)])`,
  ],
};

/** How values are made in DuckDB. */
export const DUCKDB_VALUES: Partial<Readonly<Record<Family, readonly ValueRule[]>>> = {
  number: NUMBER_RULES,
  text: TEXT_RULES,
  ...LIST_RULES,
  date: [
    it => `make_date(2024, 1, ${1 + it.dice.below(28)})`,
    it => `last_day(${it.of('date')})`,
    it => `try_cast(${it.of('text')} as date)`,
    () => `strptime('2024', '%Y')::date`,
    it => `date_trunc('month', ${it.of('date')})::date`,
  ],
  moment: [
    it => `(${it.of('moment')} + ${it.of('span')})`,
    it => `(${it.of('date')} + to_days(3))`,
    it => `strptime(${it.of('text')}, '%Y-%m-%d')`,
    it => `time_bucket(interval '1 hour', ${it.of('moment')})`,
    () => `make_timestamp(2024, 1, 2, 3, 4, 5.5)`,
    it => `(${it.of('zoned')} at time zone 'UTC')`,
    it => `(${it.of('date')} + ${it.of('clock')})`,
    it => `to_timestamp(${it.of('number')})::timestamp`,
    it => `date_add(${it.of('moment')}, interval 3 day)`,
  ],
  zoned: [
    it => `(${it.of('moment')} at time zone 'UTC')`,
    it => `${it.of('moment')}::timestamptz`,
    () => `to_timestamp(12)`,
    it => `(${it.of('zoned')} + ${it.of('span')})`,
    it => `date_trunc('day', ${it.of('zoned')})`,
  ],
  span: [
    it => `interval ${it.dice.pick(["'2 days'", '3 hours', '(1 + 1) month'])}`,
    it => `(${it.of('moment')} - ${it.of('moment')})`,
    it => `(${it.of('span')} * 2)`,
    it => `to_${it.dice.pick(['hours', 'days', 'months'])}(2)`,
    it => `age(${it.of('moment')}, ${it.of('moment')})`,
  ],
  clock: [it => `${it.of('moment')}::time`, () => `time '10:00:00'`, it => `(${it.of('clock')} + interval '1 hour')`],
  json: [
    it => `(${it.of('json')} -> 'a')`,
    it => `(${it.of('json')} -> 0)`,
    it => `json_extract(${it.of('json')}, '$.a[0]')`,
    it => `json_object('a', ${it.of('text')}, 'b', ${it.of('number')})`,
    it => `json_array(${it.of('text')}, ${it.of('number')})`,
    it => `to_json(${it.of('struct')})`,
    () => `'{"a": 1}'::json`,
    it => `json_merge_patch(${it.of('json')}, '{}')`,
  ],
  bytes: [
    it => `encode(${it.of('text')})`,
    () => `'\\xAA'::blob`,
    it => `(${it.of('bytes')} || ${it.of('bytes')})`,
    () => `unhex('AA')`,
  ],
  boolean: [
    it => `list_contains(${it.of('texts')}, ${it.of('text')})`,
    it => `(${it.of('text')} in ${it.of('texts')})`,
    it => `(${it.of('number')} in (1, 2.5, ${it.of('number')}))`,
    it => `regexp_matches(${it.of('text')}, '^a')`,
    it => `(${it.of('text')} ${it.dice.pick(['~', 'glob', '^@', 'not similar to', 'not ilike'])} 'a*')`,
    it => `starts_with(${it.of('text')}, 'a')`,
    it => `(${it.of('struct')} = ${it.of('struct')})`,
    it => `(${it.of('numbers')} @> [1])`,
    it => `isfinite(${it.of('date')})`,
    it => `json_exists(${it.of('json')}, '$.a')`,
    it => `map_contains(${it.of('map')}, 'a')`,
    it => `(${it.of('text')}, 1) in (('a', 1))`,
    it => `${it.of('number')}::boolean`,
  ],
  other: [
    it => (it.isOrdered ? `'00000000-0000-0000-0000-000000000001'::uuid` : 'uuid()'),
    () => `'a'::enum('a', 'b')`,
    it => `union_value(n := ${it.of('number')})`,
    it => `[[${it.of('number')}], [2]]`,
    it => `{'a': ${it.of('numbers')}, 'b': {'c': ${it.of('date')}}}`,
    it => `row(${it.of('number')}, ${it.of('text')})`,
    () => `array_value(1, 2, 3)`,
    () => `[1, 2]::integer[2]`,
    it => `list_zip(${it.of('numbers')}, ${it.of('texts')})`,
    it => `map_entries(${it.of('map')})`,
    () => `'101'::bit`,
    it => `struct_insert(${it.of('struct')}, zip := ${it.of('number')})`,
    it => `list_transform(${it.of('numbers')}, n -> {'n': n, 't': ${it.of('text')}})`,
    () => `null`,
    () => `timestamp_s '2024-01-01 00:00:00'`,
    it => `${it.of('moment')}::${it.dice.pick(['timestamp_ns', 'timestamp_ms'])}`,
  ],
};

/** Aggregates of DuckDB; those that depend on the order of rows are given one. */
export const DUCKDB_AGGREGATES: readonly (readonly [Family, ValueRule])[] = [
  [
    'numbers',
    it => {
      const value = it.of('number');
      return `list(${value} order by ${it.isOrdered ? value : it.of('number')})`;
    },
  ],
  ['texts', it => `array_agg(distinct ${it.of('text')})${it.isOrdered ? '.list_sort()' : ''}`],
  [
    'number',
    it =>
      `${it.dice.pick(['median', 'stddev', 'variance', 'product', 'count', 'approx_count_distinct', 'fsum', 'kurtosis', 'mad'])}(${it.of('number')})`,
  ],
  ['number', it => `quantile_cont(${it.of('number')}, 0.5)`],
  ['number', it => `quantile_disc(${it.of('number')}, 0.25)`],
  ['numbers', it => `quantile_cont(${it.of('number')}, [0.25, 0.5])`],
  ['number', it => `percentile_cont(0.5) within group (order by ${it.of('number')})`],
  ['date', it => `percentile_disc(0.5) within group (order by ${it.of('date')})`],
  ['number', it => `sum(distinct ${it.of('number')})`],
  ['boolean', it => `${it.dice.pick(['bool_and', 'bool_or'])}(${it.of('boolean')})`],
  ['number', it => `count_if(${it.of('boolean')})`],
  ['number', it => `sum(${it.of('boolean')}::integer)`],
  ['number', it => `corr(${it.of('number')}, ${it.of('number')})`],
  ['number', it => `bit_or(${it.of('number')}::bigint)`],
  ['numbers', it => `max(${it.of('number')}, 2)`],
  ['other', it => `histogram(${it.of('text')})`],
  [
    'other',
    it =>
      it.isOrdered
        ? `count(${it.of('text')})`
        : `list({'a': ${it.of('number')}, 'b': ${it.of('text')}} order by ${it.of('number')})`,
  ],
  [
    'text',
    it =>
      it.isOrdered
        ? `max(${it.of('text')})`
        : `${it.dice.pick(['first', 'any_value', 'last', 'mode'])}(${it.of('text')})`,
  ],
  [
    'text',
    it =>
      it.isOrdered
        ? `min(${it.of('text')})`
        : `${it.dice.pick(['arg_max', 'max_by', 'arg_min'])}(${it.of('text')}, ${it.of('number')})`,
  ],
  [
    'text',
    it => {
      const value = it.of('text');
      return `listagg(${value}, '-' order by ${it.isOrdered ? value : it.of('number')})`;
    },
  ],
  ['json', it => (it.isOrdered ? `to_json(max(${it.of('number')}))` : `json_group_array(${it.of('number')})`)],
  ['map', it => `max(${it.of('map')})`],
  ['moment', it => `max(${it.of('moment')})`],
  ['number', it => `sum(${it.of('number')}) / count(*)`],
  ['number', it => `round(100.0 * sum(${it.of('number')}) / nullif(count(*), 0), 2)`],
  ['number', it => `avg(${it.of('number')}::decimal(10,2))`],
];
