import path from 'node:path';
import { readText, replaceText, writeText } from '../host/files.ts';
import { SEEN_FILE, withSeen, type SeenRelation } from '../model/seen-relations.ts';
import type { Artifact } from '../run/artifacts.ts';
import { targetFolder, type Invocation } from './project.ts';

/** Leaves what was seen of built relations to the editor. */
export function remember(invocation: Invocation, seen: readonly SeenRelation[]): void {
  if (seen.length === 0 || invocation.arguments.switches.get('write-json') === false) return;
  const file = path.join(targetFolder(invocation), SEEN_FILE);
  replaceText(file, withSeen(readText(file), seen));
}

/** Writes artifacts below the target folder, unless `--no-write-json` forbids the JSON ones. */
export function artifactWriter(invocation: Invocation): (artifact: Artifact) => void {
  const folder = targetFolder(invocation);
  const writesJson = invocation.arguments.switches.get('write-json') ?? true;
  return ({ path: name, text }) => {
    const file = path.join(folder, name);
    if (!name.endsWith('.json')) writeText(file, text);
    else if (writesJson) replaceText(file, text);
  };
}
