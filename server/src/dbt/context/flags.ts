import { HostRecord, type Member } from './host-function.ts';
import { Dict, type Value } from '../../render/value.ts';
import type { InvocationFacts } from '../compile/manifest-view.ts';

/** The namespace `flags`: dbt's flags in upper case. `onCommand` hears that the command was asked for. */
export function flagsNamespace(facts: InvocationFacts, onCommand: () => void = () => undefined): HostRecord {
  const members = new Map<string, Member>(flagValues(facts, name => name.toUpperCase()));
  const command = facts.flags['which'];
  members.set('WHICH', () => {
    onCommand();
    return typeof command === 'string' ? command : 'compile';
  });
  return new HostRecord('Flags', members);
}

/** `invocation_args_dict`: the same flags under their own names. */
export const flagsDict = (facts: InvocationFacts): Dict => Dict.fromStrings(flagValues(facts, name => name));

function flagValues(facts: InvocationFacts, spell: (name: string) => string): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>(DEFAULTS.map(([name, value]) => [spell(name), value]));
  for (const [name, value] of Object.entries(facts.flags)) {
    if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
      values.set(spell(name), value);
    }
  }
  values.set(spell('full_refresh'), facts.fullRefresh);
  return values;
}

const DEFAULTS: readonly (readonly [string, Value])[] = [
  ['full_refresh', false],
  ['store_failures', false],
  ['which', 'compile'],
  ['empty', false],
  ['fail_fast', false],
  ['introspect', true],
  ['indirect_selection', 'eager'],
  ['printer_width', 80],
  ['quiet', false],
  ['strict_mode', false],
  ['use_colors', false],
  ['use_experimental_parser', false],
  ['static_parser', true],
  ['partial_parse', true],
  ['send_anonymous_usage_stats', false],
  ['version_check', true],
  ['warn_error', false],
  ['write_json', true],
  ['cache_selected_only', false],
  ['debug', false],
  ['log_format', 'default'],
  ['target_path', null],
  ['profiles_dir', null],
];
