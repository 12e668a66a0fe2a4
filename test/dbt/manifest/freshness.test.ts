import { expect, test } from 'vitest';
import { manifestPieces } from '../../../server/src/run/manifest-artifact.ts';
import { createModelDb } from '../../../server/src/model/create-db.ts';
import { parseFixture } from '../../kit/fixture.ts';
import { projectInput } from '../../kit/project.ts';

const unset = { warn_after: { count: null, period: null }, error_after: { count: null, period: null }, filter: null };
const daily = { ...unset, warn_after: { count: 1, period: 'day' } };

/** What the manifest says of the freshness of the source that this YAML describes, at the top and in `config`. */
function freshnessOf(source: string, table: string): unknown {
  const input = projectInput(
    parseFixture(`//- models/s.yml\nsources: [{name: crm, ${source} tables: [{name: people, ${table}}]}]\n`),
  );
  const json = [...manifestPieces(createModelDb(input), input, { generatedAt: '2024-02-29T12:00:00.000000Z' })].join(
    '',
  );
  const { sources } = JSON.parse(json) as {
    sources: Record<string, { freshness: unknown; config: Record<string, unknown> }>;
  };
  const written = sources['source.shop.crm.people']!;
  expect(written.config['freshness']).toEqual(written.freshness);
  return written.freshness;
}

const DAILY = '{warn_after: {count: 1, period: day}}';

test.each([
  ['nothing said', '', '', unset],
  ['said of the source', `config: {freshness: ${DAILY}},`, '', daily],
  ['said at the top', `freshness: ${DAILY},`, '', daily],
  ['switched off by the table', `config: {freshness: ${DAILY}},`, 'config: {freshness: null}', null],
  ['switched off at the top of the table', `freshness: ${DAILY},`, 'freshness: null', null],
])('%s', (_, source, table, expected) => {
  expect(freshnessOf(source, table)).toEqual(expected);
});
