import { contextFunctions } from '../../render/python/context-functions.ts';
import type { DateTimes } from '../../render/python/modules/datetime/module.ts';
import { templateModules } from '../../render/python/modules/modules.ts';
import { utc } from '../../render/python/modules/pytz.ts';
import type { Dict, Value } from '../../render/value.ts';
import type { InvocationFacts } from '../compile/manifest-view.ts';

/** What dbt lends to templates of Python itself, the same objects for a whole invocation. */
interface Lent {
  readonly modules: Dict;
  readonly times: DateTimes;
  /** `fromjson`, `tojson`, `set`, `zip`, `local_md5` … by name. */
  readonly functions: ReadonlyMap<string, Value>;
}

const lent = new WeakMap<InvocationFacts, Lent>();

function lentFor(facts: InvocationFacts): Lent {
  const known = lent.get(facts);
  if (known !== undefined) return known;
  const epoch = epochOf(facts);
  // The clock stands still at `run_started_at`, because the core reads no other.
  const made = templateModules({ epochMilliseconds: () => epoch, localOffsetMinutes: () => 0 });
  const all = { ...made, functions: contextFunctions(made.times) };
  lent.set(facts, all);
  return all;
}

/** Milliseconds with microseconds as their fraction, which `Date.parse` would cut off. */
function epochOf({ runStartedAt }: InvocationFacts): number {
  const whole = Date.parse(runStartedAt.replace(/\.\d+/, ''));
  const fraction = /\.(\d+)/.exec(runStartedAt)?.[1] ?? '';
  return (Number.isNaN(whole) ? 0 : whole) + Number(`0.${fraction || '0'}`) * 1000;
}

/** `run_started_at`. */
export const runStartedAt = (facts: InvocationFacts): Value => lentFor(facts).times.moment(epochOf(facts), utc);

/** `modules`: the parts of Python's library that dbt lends to templates. */
export const pythonModules = (facts: InvocationFacts): Dict => lentFor(facts).modules;

/** A function of dbt's context that knows nothing of the project, such as `fromjson`. */
export const pureFunction = (facts: InvocationFacts, name: string): Value | undefined =>
  lentFor(facts).functions.get(name);

/** The names of those functions. */
export const pureFunctionNames: readonly string[] =
  'fromjson tojson fromyaml toyaml set set_strict zip zip_strict diff_of_two_dicts local_md5'.split(' ');
