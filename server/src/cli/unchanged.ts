import { statSync } from 'node:fs';
import path from 'node:path';
import { sha256 } from '../base/sha256.ts';
import { isList, isMap, type Data } from '../dbt/manifest/data.ts';
import type { Manifest } from '../dbt/manifest/node.ts';
import { readText, replaceText } from '../host/files.ts';
import { findProfiles } from '../host/profiles.ts';
import { createModelDb } from '../model/create-db.ts';
import type { ProjectInput, ProjectSettings } from '../model/project-input.ts';
import { isProject, listProjectFiles } from '../run/project-files.ts';
import type { Arguments } from './arguments.ts';
import type { Output } from './output.ts';
import { systemClock } from '../host/clock.ts';
import { projectRoot, projectSettings } from './settings.ts';
import { version } from './version.ts';

/**
 * What is left behind by a `parse` that found nothing wrong, so that the next one only has to see that nothing has
 * changed: `sluice_parse.json` beside the manifest. It holds sizes and times of files and hashes of variables, no text.
 */
interface Memory {
  /** Everything but the files that the answer depends on, as a hash. */
  readonly key: string;
  /** Size, time of change of the content and of the entry, by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly manifest: string;
  /** The variables of the environment that were asked for, as hashes; null for one that was not set. */
  readonly environment: Readonly<Record<string, string | null>>;
  readonly salt: string;
  readonly contents: string;
}

/** What a project was said to hold, if that is still so; `undefined` when it has to be read. */
export function recallParse(given: Arguments, output: Output): string | undefined {
  const place = placeOf(given, output);
  if (place === undefined) return undefined;
  const memory = readMemory(place.file);
  if (memory?.key !== place.key || memory.manifest !== stampOf(place.manifest)) return undefined;
  const { environment } = place.input.settings;
  const isSame = Object.entries(memory.environment).every(
    ([name, hash]) => hashOf(environment[name], memory.salt) === hash,
  );
  if (!isSame) return undefined;
  const files = stampsOf(place.root);
  const paths = Object.keys(memory.files);
  return files.size === paths.length && paths.every(it => files.get(it) === memory.files[it])
    ? memory.contents
    : undefined;
}

/** Leaves behind what `recallParse` looks for. The answer may rest on files, settings and variables, and on no clock. */
export function rememberParse(given: Arguments, output: Output, { asked, since, contents }: Remembered): void {
  const place = placeOf(given, output);
  if (place === undefined) return;
  const files = stampsOf(place.root);
  // A file that changed since may not be what was read.
  for (const file of files.keys()) if (changedAt(file) > since - PATIENCE_MS) return;
  if (files.size !== asked.nFiles) return;
  const salt = place.input.settings.invocationId;
  const names = [...asked.names].filter(name => !name.startsWith(SECRET));
  const { environment } = place.input.settings;
  const memory: Memory = {
    key: place.key,
    files: Object.fromEntries(files),
    manifest: stampOf(place.manifest),
    environment: Object.fromEntries(names.map(name => [name, hashOf(environment[name], salt)])),
    salt,
    contents,
  };
  replaceText(place.file, JSON.stringify(memory));
}

/** What a `parse` leaves behind. */
export interface Remembered {
  readonly asked: Asked;
  /** When it began to read, in milliseconds since 1970. */
  readonly since: number;
  /** What it found, in words. */
  readonly contents: string;
}

/** dbt lets these into profiles and packages alone, and what those say of the target is part of the key. */
const SECRET = 'DBT_ENV_SECRET';
/** File systems are not to be trusted with less. */
const PATIENCE_MS = 50;

/** What was asked for while a project was read, beyond its files. */
export interface Asked {
  readonly names: ReadonlySet<string>;
  /** Whether the time was. */
  readonly clock: boolean;
  readonly nFiles: number;
}

/** An input that notes what is asked of it. Its settings cannot be sent to another thread. */
export function observed(input: ProjectInput): { readonly input: ProjectInput; readonly asked: Asked } {
  const names = new Set<string>();
  let clock = false;
  const { settings } = input;
  const environment = new Proxy(settings.environment, {
    get: (target, name) => {
      if (typeof name === 'string') names.add(name);
      return typeof name === 'string' ? target[name] : undefined;
    },
    has: (target, name) => {
      if (typeof name === 'string') names.add(name);
      return name in target;
    },
  });
  const timed = {
    get runStartedAt() {
      clock = true;
      return settings.runStartedAt;
    },
  };
  const { runStartedAt: _at, ...rest } = settings;
  const watched = Object.defineProperties({ ...rest, environment }, Object.getOwnPropertyDescriptors(timed));
  const asked = {
    names,
    get clock() {
      return clock;
    },
    nFiles: input.files.size,
  };
  return { input: { ...input, settings: watched as ProjectSettings }, asked };
}

/** Whether a template wrote a text into the configuration of a node; the only place where it could outlive the render. */
export function isConfigured(manifest: Manifest, text: string): boolean {
  const holds = (data: Data): boolean => {
    if (typeof data === 'string') return data.includes(text);
    if (isList(data)) return data.some(holds);
    return isMap(data) && [...data.values()].some(holds);
  };
  return [...manifest.nodes.values(), ...manifest.disabled.values()].some(
    node => 'config' in node && [...node.config.values()].some(holds),
  );
}

interface Place {
  readonly root: string;
  readonly file: string;
  readonly manifest: string;
  readonly key: string;
  readonly input: ProjectInput;
}

/** Where a project's memory lies, and under what key; `undefined` for what is not remembered. */
function placeOf(given: Arguments, output: Output): Place | undefined {
  const workingFolder = process.cwd();
  const root = projectRoot(given, workingFolder);
  if (given.command !== 'parse' || output.format !== 'text' || !isProject(root) || given.texts.has('state')) return;
  if (given.switches.get('write-json') === false || given.switches.get('partial-parse') === false) return;
  const settings = projectSettings(given, { root, workingFolder }, systemClock);
  if (!settings.ok) return undefined;
  const { environment, runStartedAt: _at, invocationId: _id, ...chosen } = settings.value;
  const profilesDir = given.texts.get('profiles-dir');
  const profiles = findProfiles({ profilesDir, environment, workingFolder, projectRoot: root });
  const project = readText(path.join(root, 'dbt_project.yml')) ?? '';
  const input = { root, files: new Map([['dbt_project.yml', project]]), profiles, settings: settings.value };
  // The target as templates see it: it holds no secret, and all that reading a project can know of the profile.
  const { target, threads, targetPath, adapterType } = createModelDb(input).project();
  const custom = Object.entries(environment).filter(([name]) => name.startsWith('DBT_ENV_CUSTOM_ENV_'));
  const facts = [version, stampOf(program()), root, chosen, adapterType, [...target], threads, custom];
  const folder = path.resolve(root, given.texts.get('target-path') ?? targetPath);
  return {
    root,
    file: path.join(folder, 'sluice_parse.json'),
    manifest: path.join(folder, 'manifest.json'),
    key: sha256(JSON.stringify(facts, plainMap)),
    input,
  };
}

const plainMap = (_: string, value: unknown): unknown =>
  value instanceof Map
    ? [...(value as ReadonlyMap<unknown, unknown>)]
    : typeof value === 'bigint'
      ? `${value}n`
      : value;

/** The bundle at work: another build may read otherwise. */
const program = (): string => process.argv[1] ?? '';

/** A file that is none of ours, or half of one, counts as not there. */
function readMemory(file: string): Memory | undefined {
  const text = readText(file);
  if (text === undefined) return undefined;
  try {
    const memory = JSON.parse(text) as Partial<Memory> | null;
    const { key, files, manifest, environment, salt, contents } = memory ?? {};
    if (typeof key !== 'string' || typeof manifest !== 'string' || typeof salt !== 'string') return undefined;
    if (typeof files !== 'object' || typeof environment !== 'object' || typeof contents !== 'string') return undefined;
    return { key, files, manifest, environment, salt, contents };
  } catch {
    // Not JSON: the project is read, and the file written anew.
    return undefined;
  }
}

function stampsOf(root: string): ReadonlyMap<string, string> {
  const stamps = listProjectFiles(root).map(file => [file, stampOf(file)] as const);
  return new Map(stamps.filter(([, stamp]) => stamp !== ''));
}

function stampOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
}

function changedAt(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? Infinity : Math.max(stats.mtimeMs, stats.ctimeMs);
}

const hashOf = (value: string | undefined, salt: string): string | null =>
  value === undefined ? null : sha256(`${salt} ${value}`);
