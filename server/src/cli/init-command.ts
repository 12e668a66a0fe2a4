import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { err, ok, type Result } from '../base/result.ts';
import { asString, dataAt, stringEntries } from '../dbt/manifest/data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { environmentFor } from '../host/environment.ts';
import { exists, readText, replaceText, writeText } from '../host/files.ts';
import { findProfiles, profileFolders, type ProfilesSearch } from '../host/profiles.ts';
import { isProject } from '../run/project-files.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { Arguments } from './arguments.ts';
import type { DepsInvocation } from './deps-command.ts';
import { note, refuse, type Output } from './output.ts';
import { starterFiles, starterProfile } from './starter.ts';

/**
 * `init`: makes a new project in a folder of its name, with a profile for DuckDB inside; within a project it adds the
 * profile that the project asks for. Nothing that exists is ever written over. Answers the exit code.
 */
export async function initCommand({ arguments: given, output, root }: DepsInvocation): Promise<number> {
  if (isProject(root) && given.words.length === 0) return addProfile(given, output, root);
  const name = await projectName(given);
  if (!name.ok) return refuse(output, name.failure);
  const folder = path.resolve(given.texts.get('project-dir') ?? '.', name.value);
  if (exists(folder)) return refuse(output, `There is a ${path.basename(folder)} in this folder already.`);
  const search = searchFor(given, folder);
  const profile = given.texts.get('profile') ?? name.value;
  if (given.texts.has('profile') && !profileNames(search).includes(profile)) {
    return refuse(output, `Could not find profile named '${profile}'`);
  }
  for (const [file, text] of starterFiles(name.value, profile)) writeText(path.join(folder, file), text);
  note(output, `${output.style.green('✓')} Made the project ${output.style.bold(name.value)} in ${shown(folder)}`);
  const makesProfile = !given.texts.has('profile') && given.switches.get('skip-profile-setup') !== true;
  if (makesProfile) writeProfile(output, placeOfNew(given, search, folder), profile);
  nextSteps(output, folder, makesProfile ? undefined : profile);
  return 0;
}

async function projectName(given: Arguments): Promise<Result<string, string>> {
  const [name = await ask(), ...others] = given.words;
  if (others.length > 0) return err(`Got unexpected extra argument (${others.join(' ')})`);
  if (name === undefined) return err('The new project needs a name: sluice init NAME');
  if (/^[A-Za-z_]\w*$/.test(name)) return ok(name);
  return err(`'${name}' is not a valid project name: letters, digits and underscores, and no digit first.`);
}

/** Asks a person for the name; nobody is asked when the input is no terminal. */
async function ask(): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const name = await lines.question('Name of the new project (letters, digits, underscores): ').catch(() => '');
  lines.close();
  // Ctrl-C and the end of the input leave without an answer, and in the middle of a line.
  if (name === '') process.stdout.write('\n');
  return name.trim() === '' ? undefined : name.trim();
}

/** Within a project: the profile that its `dbt_project.yml` names. */
function addProfile(given: Arguments, output: Output, root: string): number {
  if (given.texts.has('profile')) {
    return refuse(output, 'This is a project already, and names its profile itself: edit profile: in dbt_project.yml.');
  }
  const project = dataOf(parseYaml(readText(path.join(root, 'dbt_project.yml')) ?? '').root);
  const profile = asString(dataAt(project, 'profile'));
  if (profile === undefined) return refuse(output, 'dbt_project.yml names no profile; write `profile: NAME` into it.');
  if (given.switches.get('skip-profile-setup') === true) return 0;
  const search = searchFor(given, root);
  if (profileNames(search).includes(profile)) {
    note(output, `The profile ${profile} is in ${findProfiles(search)?.file ?? ''} already; it stays as it is.`);
    return 0;
  }
  writeProfile(output, findProfiles(search)?.file ?? placeOfNew(given, search, root), profile);
  return 0;
}

function searchFor(given: Arguments, projectRoot: string): ProfilesSearch {
  const workingFolder = process.cwd();
  const environment = environmentFor(workingFolder, projectRoot);
  return { profilesDir: given.texts.get('profiles-dir'), environment, workingFolder, projectRoot };
}

/** Where a new profile goes: to the folder that was chosen for profiles, else beside the project, where it is found first. */
function placeOfNew(given: Arguments, search: ProfilesSearch, projectRoot: string): string {
  const isChosen = given.texts.has('profiles-dir') || (search.environment['DBT_PROFILES_DIR'] ?? '') !== '';
  return path.join((isChosen ? profileFolders(search)[0] : undefined) ?? projectRoot, 'profiles.yml');
}

function profileNames(search: ProfilesSearch): readonly string[] {
  const found = findProfiles(search);
  return found === undefined ? [] : stringEntries(dataOf(parseYaml(found.text).root)).map(([name]) => name);
}

function writeProfile(output: Output, file: string, profile: string): void {
  const before = readText(file);
  const own = starterProfile(profile, `${profile}.duckdb`);
  const names = stringEntries(dataOf(parseYaml(before ?? '').root)).map(([name]) => name);
  if (names.includes(profile)) {
    note(output, `The profile ${profile} is in ${file} already; it stays as it is.`);
    return;
  }
  replaceText(file, before === undefined || before.trim() === '' ? own : `${before.trimEnd()}\n\n${own}`);
  note(output, `${output.style.green('✓')} Added the profile ${output.style.bold(profile)} (DuckDB) to ${shown(file)}`);
}

function nextSteps(output: Output, folder: string, missingProfile: string | undefined): void {
  const { cyan } = output.style;
  note(output, '');
  if (missingProfile !== undefined) note(output, `It uses the profile ${missingProfile} of your profiles.yml.`);
  for (const line of [`cd ${shown(folder)}`, 'sluice build', 'sluice show -s visits_per_day']) {
    note(output, `  ${cyan(line)}`);
  }
}

/** A path as somebody in the working folder would type it. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') ? file : relative;
}
