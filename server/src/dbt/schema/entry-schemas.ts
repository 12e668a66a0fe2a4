import type { Section } from '../properties/properties.ts';
import {
  anyOf,
  boolean,
  integer,
  listOf,
  mapping,
  numeral,
  oneOf,
  optional,
  recordOf,
  text,
  type Schema,
} from './schema.ts';
import { metricSchema, savedQuerySchema, semanticModelSchema } from './semantic-schemas.ts';

const maybeText = optional(text);
const texts = listOf(text);
const textOrTexts = optional(text, texts);

const docs = recordOf({ show: boolean, node_color: maybeText });

const described = {
  'name!': text,
  description: text,
  meta: mapping,
  data_type: maybeText,
  constraints: listOf(mapping),
  docs,
  config: mapping,
};

const dataTests = listOf(anyOf(mapping, text));
const tested = { ...described, data_tests: dataTests, tests: dataTests };

const column = recordOf({ ...tested, quote: optional(boolean), tags: texts, granularity: maybeText }, true);

const node = { ...tested, columns: listOf(column), quote_columns: optional(boolean), access: maybeText };

const version = recordOf({
  'v!': anyOf(text, numeral),
  defined_in: maybeText,
  description: text,
  access: maybeText,
  config: mapping,
  constraints: listOf(mapping),
  docs,
  data_tests: optional(dataTests),
  tests: optional(dataTests),
  columns: listOf(anyOf(recordOf({ 'include!': anyOf(text, texts), exclude: texts }), column)),
  deprecation_date: maybeText,
});

const model = recordOf(
  {
    ...node,
    latest_version: optional(text, numeral),
    versions: listOf(version),
    deprecation_date: maybeText,
    time_spine: optional(
      recordOf({
        'standard_granularity_column!': text,
        custom_granularities: listOf(recordOf({ 'name!': text, column_name: maybeText })),
      }),
    ),
  },
  true,
);

const quoting = recordOf({
  database: optional(boolean),
  schema: optional(boolean),
  identifier: optional(boolean),
  column: optional(boolean),
});

const threshold = optional(recordOf({ count: optional(integer), period: optional(oneOf('minute hour day')) }));

const freshness = optional(recordOf({ warn_after: threshold, error_after: threshold, filter: maybeText }));

const loading = {
  loaded_at_field: maybeText,
  loaded_at_field_present: optional(boolean),
  loaded_at_query: maybeText,
};

const table = recordOf(
  {
    ...tested,
    columns: listOf(column),
    ...loading,
    identifier: maybeText,
    quoting,
    freshness,
    external: optional(mapping),
    tags: texts,
  },
  true,
);

const source = recordOf({
  'name!': text,
  description: text,
  meta: mapping,
  database: maybeText,
  schema: maybeText,
  loader: text,
  quoting,
  freshness,
  ...loading,
  tables: listOf(table),
  tags: texts,
  config: mapping,
  unrendered_database: maybeText,
  unrendered_schema: maybeText,
  overrides: maybeText,
});

const owner = recordOf({ email: textOrTexts, name: maybeText }, true);

const exposure = recordOf({
  'name!': text,
  'type!': oneOf('dashboard notebook analysis ml application'),
  'owner!': owner,
  description: text,
  label: maybeText,
  maturity: optional(oneOf('low medium high')),
  meta: mapping,
  tags: texts,
  url: maybeText,
  depends_on: texts,
  config: mapping,
});

const group = recordOf({ 'name!': text, 'owner!': owner, description: maybeText, config: mapping });

const rows = optional(text, listOf(mapping));
const format = oneOf('csv dict sql');

const versionNumbers = optional(listOf(anyOf(text, numeral)));

const unitTest = recordOf({
  'name!': text,
  'model!': text,
  'given!': listOf(recordOf({ 'input!': text, rows, format, fixture: maybeText })),
  'expect!': recordOf({ rows, format, fixture: maybeText }),
  description: text,
  overrides: optional(recordOf({ macros: mapping, vars: mapping, env_vars: mapping })),
  config: mapping,
  versions: optional(recordOf({ include: versionNumbers, exclude: versionNumbers })),
});

const macro = recordOf(
  { ...described, arguments: listOf(recordOf({ 'name!': text, type: maybeText, description: text })) },
  true,
);

/** What dbt accepts in an entry of a section of a properties file, for the sections that it checks this way first. */
export const entrySchemas: ReadonlyMap<Section, Schema> = new Map<Section, Schema>([
  ['models', model],
  ['seeds', recordOf(node, true)],
  ['snapshots', recordOf(node, true)],
  ['analyses', recordOf({ ...described, columns: listOf(recordOf(described, true)), access: maybeText }, true)],
  ['macros', macro],
  ['sources', source],
  ['exposures', exposure],
  ['groups', group],
  ['unit_tests', unitTest],
  ['metrics', metricSchema],
  ['semantic_models', semanticModelSchema],
  ['saved_queries', savedQuerySchema],
]);
