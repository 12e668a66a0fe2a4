/** What functions do, in a line, by lower-case name; the same in every dialect that has them. */
const lines = `
abs: The value without its sign.
add_months: A date moved by a number of months.
age: The time between two moments, or between one and today.
any_value, arbitrary: A value of the group, whichever comes first.
approx_count_distinct, approx_distinct, hll: About how many different values there are; fast on many rows.
approx_percentile, approx_quantile, approx_quantiles: About the value below which a share of the others lies.
arg_max, max_by: The first argument of the row in which the second is greatest.
arg_min, min_by: The first argument of the row in which the second is smallest.
array_agg, list, collect_list: All values of the group as a list.
array_length, array_size, cardinality, size: How many elements there are.
array_to_string, array_join: The elements as one text, with a separator between them.
ascii: The code of the first character.
avg, mean: The mean of all values that are not NULL.
bool_and, every, booland_agg, logical_and: Whether the condition holds in every row of the group.
bool_or, boolor_agg, logical_or: Whether the condition holds in some row of the group.
cast: The value as another type; an error when it cannot be one.
cbrt: The cube root.
ceil, ceiling: The smallest whole number that is not below the value.
char_length, character_length, length, len: How many characters a text has, or elements a list.
chr: The character with a code.
coalesce: The first argument that is not NULL.
concat: The arguments as one text; most dialects leave NULLs out.
concat_ws: The arguments as one text, with a separator between them; NULLs are left out.
contains: Whether a text or list holds another value.
convert_timezone: A moment as the clocks of another time zone show it.
corr: How closely two values go together, from -1 to 1.
count: How many rows there are, or how many in which the argument is not NULL.
count_if, countif: How many rows fulfil the condition.
covar_pop, covar_samp: The covariance of two values.
cume_dist: The share of rows that are not behind this one.
current_date, today: The date of now.
current_timestamp, now, getdate: The moment at which the statement began.
current_user: The name of who is connected.
date_add, dateadd, timestampadd: A moment moved by an interval.
date_diff, datediff, timestampdiff: How many borders of a unit lie between two moments.
date_part, extract, datepart: One part of a moment, such as its year.
date_sub: A moment moved back by an interval; in DuckDB the number of whole units between two moments.
date_trunc, datetrunc: A moment cut back to the beginning of its unit.
dayname: The name of the weekday.
dense_rank: The rank of the row without gaps: rows that are equal share one, and the next follows at once.
day, month, year, quarter, week, hour, minute, second: That part of a moment.
dayofweek, dayofmonth, dayofyear, weekofyear: The number of the day or week.
degrees: An angle in degrees.
epoch, epoch_ms: Seconds or milliseconds since the beginning of 1970.
exp: The exponential function.
first, first_value: The value in the first row of the window or group.
flatten: One list out of a list of lists; in Snowflake a row for each element.
floor: The greatest whole number that is not above the value.
format: A text with values put into its holes.
gen_random_uuid, uuid, generate_uuid, uuid_string: A new random identifier.
generate_series, range, sequence, generate_array: Values from a first to a last in equal steps.
greatest: The greatest of the arguments.
grouping: Whether a column is not part of the current grouping set.
hash: A number that is equal for equal arguments.
histogram: How often each value occurs.
if, iff: The second argument when the condition holds, else the third.
ifnull, nvl: The second argument when the first is NULL.
initcap: The text with a capital at the beginning of each word.
instr, position, strpos, charindex, locate: Where a text stands in another, counted from 1; 0 when it does not.
isnan: Whether a number is none.
json_extract: The part of a document at a path, as a document.
json_extract_string, json_extract_scalar, json_value, json_extract_path_text, get_json_object: The part of a document at a path, as text.
json_object, json_build_object, object_construct: A document of names and values.
lag: The value in a row before this one.
last, last_value: The value in the last row of the window or group.
last_day: The last day of the month.
lead: The value in a row behind this one.
least: The smallest of the arguments.
left: The first characters.
levenshtein, editdistance: How many letters have to change to make one text the other.
list_filter, array_filter, filter: The elements for which the function holds.
list_transform, array_transform, list_apply, transform: What the function makes of each element.
listagg, string_agg, group_concat: The texts of the group as one, with a separator between them.
ln: The natural logarithm.
log, log10: The logarithm.
lower, lcase: The text in small letters.
lpad: The text filled up on the left to a length.
ltrim: The text without blanks, or other characters, on the left.
make_date, date_from_parts: A date of a year, a month and a day.
max: The greatest value.
md5: The MD5 sum, in hexadecimal digits.
median: The value in the middle.
min: The smallest value.
mod: What remains of a division.
mode: The value that occurs most often.
monthname: The name of the month.
months_between: How many months lie between two dates.
nth_value: The value in a certain row of the window.
ntile: The number of the bucket, of so many of equal size, that the row falls in.
nullif: NULL when the two arguments are equal, else the first.
nvl2: The second argument when the first is not NULL, else the third.
object_agg, map_agg: Names and values of the group as one object.
parse_json, json_parse: A text read as a document.
percent_rank: The rank of the row as a share from 0 to 1.
percentile_cont, quantile_cont: The value below which a share of the others lies, between two of them if need be.
percentile_disc, quantile_disc: The first value below which at least a share of the others lies.
pi: The number pi.
power, pow: A number raised to a power.
radians: An angle in radians.
random, rand: A random number.
rank: The rank of the row with gaps: rows that are equal share one.
regexp_count: How often a pattern matches.
regexp_extract, regexp_substr: The part of a text that a pattern matches.
regexp_extract_all: All parts of a text that a pattern matches.
regexp_like, regexp_contains, regexp_matches, rlike: Whether a pattern matches.
regexp_replace: The text with what a pattern matches replaced.
repeat: The text so many times.
replace: The text with each occurrence of another replaced.
reverse: The text or list from its end to its beginning.
right: The last characters.
round: The nearest number with so many digits behind the point.
row_number: The number of the row in its window, each another.
rpad: The text filled up on the right to a length.
rtrim: The text without blanks, or other characters, on the right.
safe_cast, try_cast: The value as another type; NULL when it cannot be one.
safe_divide, div0, try_divide: A quotient that is no error when the divisor is 0.
sha1, sha2, sha256: The SHA sum, in hexadecimal digits.
sign: -1, 0 or 1 as the value is below, at or above 0.
sin, cos, tan, asin, acos, atan: The trigonometric function of an angle.
split, string_split, string_to_array, str_split: The parts of a text between a separator, as a list.
split_part: One part of a text between a separator, counted from 1.
sqrt: The square root.
starts_with, startswith: Whether a text begins with another.
ends_with, endswith: Whether a text ends with another.
stddev, stddev_samp, stddev_pop: The standard deviation.
strftime, to_char, date_format, format_date, format_timestamp: A moment as text in a format.
strptime, to_timestamp, parse_timestamp, date_parse: A moment read from text in a format.
struct_pack, struct, named_struct: A value with named fields.
substring, substr: The part of a text from a position, counted from 1.
sum: The sum of all values that are not NULL.
to_date, try_to_date: A date read from text.
to_json: A value as a document.
translate: The text with each character of a list replaced by its partner.
trim, btrim: The text without blanks, or other characters, at both ends.
trunc, truncate: A number without its fraction, or a moment cut back.
typeof, pg_typeof: The name of the value's type.
unnest, explode: A row for each element of a list.
upper, ucase: The text in capitals.
variance, var_samp, var_pop: The variance.
zeroifnull: 0 instead of NULL.
`;

let read: ReadonlyMap<string, string> | undefined;

/** One line about a function, where we have written one. */
export function documentationOf(name: string): string | undefined {
  read ??= new Map(
    lines
      .trim()
      .split('\n')
      .flatMap(it => {
        const colon = it.indexOf(': ');
        return it
          .slice(0, colon)
          .split(', ')
          .map((key): [string, string] => [key, it.slice(colon + 2)]);
      }),
  );
  return read.get(name.toLowerCase());
}
