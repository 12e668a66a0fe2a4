import { isList, isMap, textOfKey, type Data } from './data.ts';

/**
 * Data as a short YAML text, as PyYAML writes it into messages that show what was read: keys in order, a scalar with the
 * mark that ends a document; ends with a newline.
 */
export function yamlText(data: Data): string {
  const end = isMap(data) || isList(data) ? '' : '...\n';
  return `${lines(data).join('\n')}\n${end}`;
}

function lines(data: Data): readonly string[] {
  if (isMap(data) && data.size > 0) {
    const sorted = [...data]
      .map(([key, value]) => [textOfKey(key), value] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return sorted.flatMap(([key, value]) => entry(`${key}:`, value));
  }
  if (isList(data) && data.length > 0) return data.flatMap(item => listItem(item));
  return [scalar(data)];
}

function entry(key: string, value: Data): readonly string[] {
  if (isMap(value) && value.size > 0) return [key, ...lines(value).map(line => `  ${line}`)];
  if (isList(value) && value.length > 0) return [key, ...lines(value)];
  return [`${key} ${scalar(value)}`];
}

function listItem(item: Data): readonly string[] {
  const [first = '', ...rest] = lines(item);
  return [`- ${first}`, ...rest.map(line => `  ${line}`)];
}

function scalar(data: Data): string {
  if (isMap(data)) return '{}';
  if (isList(data)) return '[]';
  return data === null ? 'null' : textOfKey(data);
}
