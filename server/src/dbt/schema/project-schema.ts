import {
  boolean,
  integer,
  listOf,
  mapping,
  numeral,
  optional,
  patternOf,
  recordOf,
  text,
  type Schema,
} from './schema.ts';

const maybeText = optional(text);
const texts = optional(listOf(text));
const flag = optional(boolean);

const keyed = (keys: string, schema: Schema): Readonly<Record<string, Schema>> =>
  Object.fromEntries(keys.split(' ').map(key => [key, schema]));

const SECTIONS =
  'models seeds snapshots analyses sources tests data_tests unit_tests metrics semantic-models saved-queries exposures functions';

/** A version as semantic versioning writes it; the last part may be missing. */
const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?)?$/;

/** What dbt accepts in `dbt_project.yml`; keys that it does not know are looked for apart from this. */
export const projectSchema: Schema = recordOf(
  {
    name: patternOf(/^[^\d\W]\w*$/),
    'config-version': optional(integer),
    version: optional(patternOf(VERSION), numeral),
    ...keyed('source-paths model-paths macro-paths data-paths seed-paths test-paths analysis-paths docs-paths', texts),
    ...keyed('asset-paths function-paths snapshot-paths clean-targets', texts),
    ...keyed('target-path log-path packages-install-path', maybeText),
    quoting: optional(recordOf(keyed('schema database project identifier snowflake_ignore_case', flag))),
    ...keyed('on-run-start on-run-end', optional(text, listOf(text))),
    'require-dbt-version': optional(listOf(text), text),
    dispatch: listOf(mapping),
    ...keyed(SECTIONS, mapping),
    vars: optional(mapping),
    'query-comment': optional(text, recordOf({ comment: text, append: flag, 'job-label': boolean })),
  },
  true,
);
