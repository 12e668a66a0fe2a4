import path from 'node:path';
import { parseEnv } from 'node:util';
import { readText } from './files.ts';

/**
 * The environment that templates see: this process's own, and below it the `.env` of the working folder or else of the
 * project, as newer dbt versions read it. What is set outside wins.
 */
export function environmentFor(workingFolder: string, projectRoot: string): Readonly<Record<string, string>> {
  const file = readText(path.join(workingFolder, '.env')) ?? readText(path.join(projectRoot, '.env'));
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...(file === undefined ? {} : parseEnv(file)), ...process.env })) {
    if (value !== undefined) own[name] = value;
  }
  return own;
}
