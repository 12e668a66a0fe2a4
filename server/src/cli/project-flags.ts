import path from 'node:path';
import { asMap, dataAt, stringEntries, toJson } from '../dbt/manifest/data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { readText } from '../host/files.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { ProjectFlags } from './arguments.ts';

/** `flags:` of the project in a folder, as texts that the command line could have said; empty where there is none. */
export function projectFlags(root: string): ProjectFlags {
  const text = readText(path.join(root, 'dbt_project.yml'));
  if (text === undefined || !/^flags\s*:/m.test(text)) return new Map();
  const flags = asMap(dataAt(dataOf(parseYaml(text).root), 'flags'));
  const found = new Map<string, boolean | number | string>();
  for (const [name, value] of stringEntries(flags)) {
    const json = toJson(value);
    if (json === null) continue;
    found.set(name, typeof json === 'object' ? JSON.stringify(json) : json);
  }
  return found;
}
