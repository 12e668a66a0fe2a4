import { expect, test } from 'vitest';
import { lineageOfFile } from '../../server/src/features/lineage-neighbours.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const project = `
//- models/sources.yml
sources:
  - name: raw
    tables: [{name: events}]
//- models/stg_events.sql
select * from {{ source('raw', 'events') }}
//- models/funnel.sql
select * from {{ ref('stg_events') }} join {{ ref('stg_events') }} using (id)
//- models/report.sql
{% if execute %}select * from {{ ref('funnel') }}{% endif %}
//- models/schema.yml
models:
  - name: stg_events
    columns: [{name: id, data_tests: [unique]}]
exposures:
  - {name: board, type: dashboard, owner: {name: A, email: a@example.com}, depends_on: [ref('stg_events')]}
`;

function neighbours(file: string): string {
  const found = lineageOfFile(projectDb(parseFixture(project)), file);
  if (found === undefined) return 'none';
  const list = (items: readonly { readonly name: string }[]): string => items.map(it => it.name).join(', ');
  return `${list(found.parents)} -> ${found.center.name} -> ${list(found.children)}`;
}

test.each([
  ['models/stg_events.sql', 'raw.events -> stg_events -> board, funnel, unique_stg_events_id'],
  ['models/funnel.sql', 'stg_events -> funnel -> report'],
  ['models/report.sql', 'funnel -> report -> '],
  ['models/nothing.sql', 'none'],
])('%s: %s', (file, expected) => {
  expect(neighbours(file)).toBe(expected);
});
