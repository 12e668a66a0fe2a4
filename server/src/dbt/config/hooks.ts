import { isList, isMap, type Data, type DataMap } from '../manifest/data.ts';

/**
 * Hooks as dbt keeps them: a list of `{sql, transaction}`, from a text, a mapping, or a list of either. What is neither
 * stays as written, to be complained of.
 */
export function hooksOf(data: Data): readonly Data[] {
  return (isList(data) ? data : [data]).map(hookOf);
}

function hookOf(data: Data): Data {
  const sql = isMap(data) ? data.get('sql') : undefined;
  if (isMap(data)) return sql === undefined ? data : hook(sql, data.get('transaction') ?? true, data.get('index'));
  if (typeof data !== 'string') return data;
  return parsedHook(data) ?? hook(data, true, undefined);
}

function hook(sql: Data, transaction: Data, index: Data | undefined): DataMap {
  const entries = new Map<string, Data>([
    ['sql', sql],
    ['transaction', transaction],
  ]);
  return index === undefined ? entries : entries.set('index', index);
}

/** `before_begin()` and its kin print a hook as JSON, to be read back here. */
function parsedHook(text: string): DataMap | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !('sql' in parsed)) return undefined;
    const transaction = 'transaction' in parsed ? parsed.transaction !== false : true;
    return typeof parsed.sql === 'string' ? hook(parsed.sql, transaction, undefined) : undefined;
  } catch (error) {
    // Text that starts with a brace and is no JSON is SQL with Jinja in it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
