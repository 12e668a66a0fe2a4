import { plainValue } from '../../syntax/yaml/scalar.ts';
import { compareText, strOf } from '../../render/python/strings.ts';
import { toText } from '../../render/python/text.ts';
import { toJsonText } from '../../render/python/json-text.ts';
import { Dict, List, Tuple, type Value } from '../../render/value.ts';

/** What PyYAML's safe dumper writes for a value, in block style. */
export function toYamlText(value: Value, options: { readonly sortKeys: boolean }): string {
  if (isEmpty(value) || !isContainer(value)) return `${scalarText(value)}\n${isContainer(value) ? '' : '...\n'}`;
  return `${blockLines(value, options).join('\n')}\n`;
}

const isContainer = (value: Value): value is Dict | List | Tuple =>
  value instanceof Dict || value instanceof List || value instanceof Tuple;

const isEmpty = (value: Value): boolean =>
  value instanceof Dict ? value.entries.size === 0 : isContainer(value) && value.items.length === 0;

function blockLines(value: Dict | List | Tuple, options: { readonly sortKeys: boolean }): readonly string[] {
  if (value instanceof Dict) return mappingLines(value, options);
  return value.items.flatMap(item => {
    if (!isContainer(item) || isEmpty(item)) return [`- ${scalarText(item)}`];
    const [first = '', ...rest] = blockLines(item, options);
    return [`- ${first}`, ...rest.map(line => `  ${line}`)];
  });
}

function mappingLines(dict: Dict, options: { readonly sortKeys: boolean }): readonly string[] {
  const entries = [...dict.entries.values()];
  if (options.sortKeys) entries.sort((a, b) => compareText(toText(a.key), toText(b.key)));
  return entries.flatMap(({ key, value }) => {
    const name = scalarText(key);
    if (!isContainer(value) || isEmpty(value)) return [`${name}: ${scalarText(value)}`];
    // A list stands under its key without further indent, as PyYAML writes it.
    const indent = value instanceof Dict ? '  ' : '';
    return [`${name}:`, ...blockLines(value, options).map(line => indent + line)];
  });
}

function scalarText(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Dict) return '{}';
  if (value instanceof List || value instanceof Tuple) return '[]';
  const text = strOf(value);
  return text === undefined ? toText(value) : quotedIfNeeded(text);
}

/** A text that YAML would read as something else, or not at all, is put in quotes. */
function quotedIfNeeded(text: string): string {
  if (/[\n\t\u0000-\u001f]/.test(text)) return toJsonText(text);
  return isPlain(text) ? text : `'${text.replaceAll("'", "''")}'`;
}

function isPlain(text: string): boolean {
  const startsOdd = text.trim() !== text || /^[-?:,[\]{}#&*!|>'"%@`]/.test(text);
  if (text === '' || startsOdd || /: |:$| #/.test(text)) return false;
  return plainValue(text).type === 'str';
}
