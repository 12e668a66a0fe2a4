import { itertoolsModule } from '../../render/python/modules/itertools.ts';
import { pytzModule, utc } from '../../render/python/modules/pytz.ts';
import { dateTimes, type DateTimes } from '../../render/python/modules/datetime/module.ts';
import { Dict, type Value } from '../../render/value.ts';
import type { InvocationFacts } from '../compile/manifest-view.ts';

/** The invocation's clock: it stands still at `run_started_at`, because the core reads no other. */
export function invocationTimes(facts: InvocationFacts): DateTimes {
  const epoch = epochOf(facts);
  return dateTimes({ epochMilliseconds: () => epoch, localOffsetMinutes: () => 0 });
}

/** Milliseconds with microseconds as their fraction, which `Date.parse` would cut off. */
function epochOf({ runStartedAt }: InvocationFacts): number {
  const whole = Date.parse(runStartedAt.replace(/\.\d+/, ''));
  const fraction = /\.(\d+)/.exec(runStartedAt)?.[1] ?? '';
  return (Number.isNaN(whole) ? 0 : whole) + Number(`0.${fraction || '0'}`) * 1000;
}

/** `run_started_at`. */
export const runStartedAt = (facts: InvocationFacts): Value => invocationTimes(facts).moment(epochOf(facts), utc);

/** `modules`: the parts of Python's library that dbt lends to templates. */
export function pythonModules(facts: InvocationFacts): Dict {
  return Dict.fromStrings([
    ['datetime', invocationTimes(facts).module],
    ['pytz', pytzModule()],
    ['itertools', itertoolsModule()],
  ]);
}
