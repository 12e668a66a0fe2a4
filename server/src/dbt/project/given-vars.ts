import { err, ok, type Result } from '../../base/result.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';
import { isMap, toJson, type Json } from '../manifest/data.ts';
import { dataOf } from '../manifest/yaml-data.ts';

/** Variables as they are handed to an invocation: plain data by name. */
export type GivenVars = Readonly<Record<string, unknown>>;

/** Reads what dbt's `--vars` takes, a YAML mapping; no text means no variables. The failure is what YAML has against it. */
export function readGivenVars(text: string): Result<GivenVars, { readonly message: string }> {
  if (text.trim() === '') return ok({});
  const tree = parseYaml(text);
  const [problem] = tree.problems;
  if (problem !== undefined) return err({ message: problem.message });
  const data = dataOf(tree.root);
  const json = toJson(data);
  if (!isMap(data) || !isRecord(json)) return err({ message: NO_MAPPING });
  return ok(json);
}

const NO_MAPPING = 'variables are a mapping of names to values';

const isRecord = (json: Json): json is Readonly<Record<string, Json>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
