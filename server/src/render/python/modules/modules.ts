import { Dict } from '../../value.ts';
import { dateTimes, type DateTimes, type OutsideTime } from './datetime/module.ts';
import { itertoolsModule } from './itertools.ts';
import { pytzModule } from './pytz.ts';
import { regexModule } from './regex/module.ts';

/** The modules that dbt hands to templates as `modules`, and the makers of dates and times on the same clock. */
export function templateModules(outside: OutsideTime): { readonly modules: Dict; readonly times: DateTimes } {
  const times = dateTimes(outside);
  const modules = Dict.fromStrings([
    ['pytz', pytzModule()],
    ['datetime', times.module],
    ['re', regexModule()],
    ['itertools', itertoolsModule()],
  ]);
  return { modules, times };
}
