import { expect, test } from 'vitest';
import { Dict } from '../../../server/src/render/value.ts';
import { templateModules } from '../../../server/src/render/python/modules/modules.ts';
import { parseJinja } from '../../../server/src/syntax/jinja/parse.ts';
import { render } from '../../../server/src/render/render.ts';

const outside = { epochMilliseconds: () => Date.UTC(2024, 6, 1, 12), localOffsetMinutes: () => 120 };

function check(expression: string, expected: string): void {
  const context = Dict.fromStrings([['modules', templateModules(outside).modules]]);
  const { text, problem } = render({
    template: parseJinja(`{{ ${expression} }}`),
    file: 'models/zones.sql',
    context: { lookup: name => context.getString(name) },
    flavour: 'default',
  });
  expect(problem === undefined ? text : `${problem.errorClass}: ${problem.message}`).toBe(expected);
}

const dt = 'modules.datetime.datetime';
const zone = (name: string): string => `modules.pytz.timezone('${name}')`;

test('now is what the host says it is', () => {
  check(`${dt}.now()`, '2024-07-01 14:00:00');
  check(`${dt}.utcnow()`, '2024-07-01 12:00:00');
  check(`${dt}.now(modules.pytz.utc)`, '2024-07-01 12:00:00+00:00');
  check(`${dt}.now(${zone('America/New_York')}).strftime('%H:%M %Z')`, '08:00 EDT');
});

test('a zone that is not localized has local mean time', () => {
  check(`${dt}(2024, 1, 1, tzinfo=${zone('America/New_York')})`, '2024-01-01 00:00:00-04:56');
  check(`[${zone('Europe/Berlin')}]`, "[<DstTzInfo 'Europe/Berlin' LMT+0:53:00 STD>]");
});

test('localize finds summer and winter, and the standard side of an hour that comes twice', () => {
  check(`${zone('Europe/Berlin')}.localize(${dt}(2024, 7, 1)).strftime('%Z%z')`, 'CEST+0200');
  check(`${zone('Europe/Berlin')}.localize(${dt}(2024, 12, 1)).strftime('%Z%z')`, 'CET+0100');
  check(`${zone('Europe/Berlin')}.localize(${dt}(2024, 10, 27, 2, 30))`, '2024-10-27 02:30:00+01:00');
  check(`${zone('Europe/Berlin')}.localize(${dt}(2024, 10, 27, 2, 30), is_dst=true)`, '2024-10-27 02:30:00+02:00');
  check(
    `${zone('Europe/Berlin')}.localize(${dt}(2024, 10, 27, 2, 30), is_dst=none)`,
    'AmbiguousTimeError: 2024-10-27 02:30:00',
  );
  check(
    `${zone('Europe/Berlin')}.localize(${dt}(2024, 3, 31, 2, 30), is_dst=none)`,
    'NonExistentTimeError: 2024-03-31 02:30:00',
  );
});

test('astimezone and normalize move the wall clock', () => {
  check(
    `modules.pytz.utc.localize(${dt}(2024, 1, 1)).astimezone(${zone('Asia/Kolkata')})`,
    '2024-01-01 05:30:00+05:30',
  );
  check(
    `${zone('US/Pacific')}.normalize(modules.pytz.utc.localize(${dt}(2024, 7, 1))).isoformat()`,
    '2024-06-30T17:00:00-07:00',
  );
});

test('an unknown zone is an error', () => {
  check(zone('Nowhere/Land'), "UnknownTimeZoneError: 'Nowhere/Land'");
});
