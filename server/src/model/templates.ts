import { textOfKey, type Data } from '../dbt/manifest/data.ts';
import { toValue } from '../dbt/manifest/data-value.ts';
import type { GenericTest } from '../dbt/properties/properties.ts';
import type { Origin } from '../render/rendered.ts';
import { toText } from '../render/python/text.ts';
import type { Declared } from './file-summary.ts';
import type { Inputs } from './inputs.ts';
import type { Summaries } from './summaries.ts';

/** The template of a resource, as dbt's `raw_code` holds it; empty for what has none. */
export function rawCodeOf(
  declared: Declared,
  test: GenericTest | undefined,
  inputs: Inputs,
  summaries: Summaries,
): string {
  const { at, file, kind } = declared;
  switch (at.kind) {
    case 'file':
      return kind === 'seed' ? '' : stripped(inputs.text.get(file) ?? '').text;
    case 'block':
      return blockText(declared, inputs, summaries)?.text ?? '';
    case 'generic-test':
      return genericTestCode(test);
    case 'hook':
      return at.sql;
    case 'entry':
      return yamlSnapshotCode(declared, summaries);
    case 'table':
      return '';
  }
}

/** Where the template's first character stands; `undefined` when it is no verbatim part of a file. */
export function templateOrigin(declared: Declared, inputs: Inputs, summaries: Summaries): Origin | undefined {
  const { at, file, kind } = declared;
  if (at.kind === 'block') {
    const block = blockText(declared, inputs, summaries);
    return block && { file, start: block.start, end: block.start + block.text.length };
  }
  if (at.kind !== 'file' || kind === 'seed') return undefined;
  const { text, start } = stripped(inputs.text.get(file) ?? '');
  return { file, start, end: start + text.length };
}

function blockText(declared: Declared, inputs: Inputs, summaries: Summaries) {
  const { at, file } = declared;
  const block = at.kind === 'block' ? summaries.blocks.get(file).blocks[at.index] : undefined;
  if (block === undefined) return undefined;
  const { start, end } = block.contents;
  return { text: (inputs.text.get(file) ?? '').slice(start, end), start };
}

/** dbt strips what surrounds a model; Python's idea of white space is close enough to JavaScript's. */
function stripped(text: string): { readonly text: string; readonly start: number } {
  const start = text.length - text.trimStart().length;
  return { text: text.trim(), start };
}

/** The call of the test's macro, followed by its configuration. */
function genericTestCode(test: GenericTest | undefined): string {
  if (test === undefined) return '';
  const { name, namespace } = test.metadata;
  const macro = namespace === undefined ? `test_${name}` : `${namespace}.test_${name}`;
  const configs = [...test.config].map(([key, value]) => `${textOfKey(key)}=${configText(value)}`);
  const config = configs.length === 0 ? '' : `{{ config(${configs.join(',')}) }}`;
  return `{{ ${macro}(**_dbt_generic_test_kwargs) }}${config}`;
}

const configText = (value: Data): string =>
  typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : toText(toValue(value));

function yamlSnapshotCode({ at, file, kind }: Declared, summaries: Summaries): string {
  if (kind !== 'snapshot' || at.kind !== 'entry') return '';
  const entry = summaries.properties.get(file).entries.find(it => samePath(it.path, at.path));
  const relation = entry?.data.get('relation');
  return `select * from {{ ${typeof relation === 'string' ? relation : ''} }}`;
}

export const samePath = (a: readonly (string | number)[], b: readonly (string | number)[]): boolean =>
  a.length === b.length && a.every((part, at) => part === b[at]);
