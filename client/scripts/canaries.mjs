/**
 * Canaries: secrets that are made up before the suites run, planted where real ones would be, and looked for in all that
 * the suites print and write. A suite says where it found one before it removes a file; `npm test` looks at the rest.
 */
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Where canaries sit: in the environment of every process, and as the password of the PostgreSQL server of the tests.
 * Where both are missing nothing was planted, as when a single test is run, and nothing is looked for.
 */
const PLACES = { environment: 'DBT_ENV_SECRET_CANARY', password: 'SLUICE_TEST_PASSWORD' };
const REPORT = 'SLUICE_CANARY_REPORT';

/** Files that hold secrets because a person put them there. */
const THEIR_OWN = new Set(['profiles.yml', '.env']);

/**
 * New canaries, as the environment that plants them; what is found by those who have it goes to the file `report`.
 * @param {string} report @returns {Readonly<Record<string, string>>}
 */
export function newCanaries(report) {
  const planted = Object.entries(PLACES).map(([kind, variable]) => [variable, `canary-of-${kind}-${random()}`]);
  return { ...Object.fromEntries(planted), [REPORT]: report };
}

const random = () => randomBytes(8).toString('hex');

/**
 * The canaries in a text, each as a line that says where.
 * @param {string} where @param {string | Buffer} content @param {NodeJS.ProcessEnv} [env]
 * @returns {readonly string[]}
 */
export function canariesIn(where, content, env = process.env) {
  const bytes = Buffer.from(content);
  return Object.values(PLACES).flatMap(variable => {
    const canary = env[variable];
    if (canary === undefined) return [];
    const at = firstOf([bytes.indexOf(canary), bytes.indexOf(canary, 0, 'utf16le')]);
    return at === undefined ? [] : [`${where}, line ${lineAt(bytes, at)}: the secret ${variable}`];
  });
}

/** @param {readonly number[]} places */
const firstOf = places => places.find(it => it >= 0);

/** @param {Buffer} bytes @param {number} at */
const lineAt = (bytes, at) => bytes.subarray(0, at).filter(it => it === 10).length + 1;

/**
 * The canaries in the files at or below a path, but for those that are meant to hold secrets. Links are not followed.
 * @param {string} place @param {NodeJS.ProcessEnv} [env] @returns {readonly string[]}
 */
export function canariesBelow(place, env = process.env) {
  const stats = lstatSync(place, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return readdirSync(place).flatMap(it => canariesBelow(path.join(place, it), env));
  if (stats?.isFile() !== true || THEIR_OWN.has(path.basename(place))) return [];
  return canariesIn(place, readFileSync(place), env);
}

/** Keeps what a suite found for the end of `npm test`. @param {readonly string[]} found */
export function reportCanaries(found) {
  const file = process.env[REPORT];
  if (file !== undefined && found.length > 0) appendFileSync(file, found.map(it => `${it}\n`).join(''));
}

/** What suites have reported to a file. @param {string} report @returns {readonly string[]} */
export function reportedCanaries(report) {
  return existsSync(report) ? readFileSync(report, 'utf8').trim().split('\n') : [];
}

/**
 * Passes on what a program prints and remembers it for `canariesIn`.
 * @param {import('node:child_process').ChildProcess} child @returns {() => string} what it has printed so far
 */
export function passedOn(child) {
  const chunks = /** @type {Buffer[]} */ ([]);
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name]?.on('data', chunk => {
      chunks.push(chunk);
      process[name].write(chunk);
    });
  }
  return () => Buffer.concat(chunks).toString();
}
