import { execFile } from 'node:child_process';
import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { HostFailure } from './failure.ts';
import { makeFolder, remove } from './files.ts';

/** What to check out, and where to. */
export interface Checkout {
  readonly repository: string;
  /** A branch, a tag or a full commit id; `HEAD` is the repository's default branch. */
  readonly revision: string;
  /** A folder that does not exist yet. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Checks out one revision of a repository, without its history, with the `git` on the path. Answers the commit's id.
 * The folder keeps nothing of git's own.
 */
export async function checkOut(checkout: Checkout): Promise<Result<string, HostFailure>> {
  const { repository, revision, folder } = checkout;
  const unsafe = [repository, revision].find(word => word.startsWith('-'));
  if (unsafe !== undefined) return err({ kind: 'invalid', message: `'${unsafe}' is no address and no revision` });
  makeFolder(folder);
  const git = (...words: readonly string[]) => runGit(checkout, words);
  const prepared = await inTurn([() => git('init', '--quiet'), () => git('remote', 'add', 'origin', repository)]);
  if (!prepared.ok) return prepared;
  const fetched = await fetchRevision(revision, git);
  if (!fetched.ok) return fetched;
  const done = await inTurn([
    () => git('-c', 'advice.detachedHead=false', 'checkout', '--quiet', '--detach', fetched.value),
    () => git('rev-parse', 'HEAD'),
  ]);
  remove(path.join(folder, '.git'));
  return done.ok ? ok(done.value.trim()) : done;
}

type Git = (...words: readonly string[]) => Promise<Result<string, HostFailure>>;

/** Fetches a revision and answers what to check out. A server may not give single commits away: then all is fetched. */
async function fetchRevision(revision: string, git: Git): Promise<Result<string, HostFailure>> {
  const single = await git('fetch', '--quiet', '--depth', '1', 'origin', revision);
  if (single.ok) return ok('FETCH_HEAD');
  if (!/^[0-9a-f]{40}$/.test(revision) || single.failure.kind !== 'refused') return single;
  const all = await git('fetch', '--quiet', '--tags', 'origin', '+refs/heads/*:refs/remotes/origin/*');
  return all.ok ? ok(revision) : all;
}

async function inTurn(
  steps: readonly (() => Promise<Result<string, HostFailure>>)[],
): Promise<Result<string, HostFailure>> {
  let last: Result<string, HostFailure> = ok('');
  for (const step of steps) {
    last = await step();
    if (!last.ok) return last;
  }
  return last;
}

function runGit(
  { folder, environment, signal }: Checkout,
  words: readonly string[],
): Promise<Result<string, HostFailure>> {
  // Messages are read by the program, and nobody is there to type a password unless it is a terminal.
  const ownEnvironment = { LC_ALL: 'C', ...(process.stdin.isTTY ? {} : { GIT_TERMINAL_PROMPT: '0' }) };
  const env = { ...environment, ...ownEnvironment };
  return new Promise(resolve => {
    execFile('git', [...words], { cwd: folder, env, signal, maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) => {
      resolve(error === null ? ok(stdout) : err(failureOf(error, stderr, signal)));
    });
  });
}

const MAX_OUTPUT = 16 * 1024 * 1024;

function failureOf(error: Error, stderr: string, signal: AbortSignal): HostFailure {
  if (signal.aborted) return { kind: 'cancelled', message: 'cancelled' };
  if ('code' in error && error.code === 'ENOENT') {
    return {
      kind: 'missing-program',
      message: 'git was not found; packages from git repositories need it on the PATH',
    };
  }
  const lines = stderr
    .trim()
    .split('\n')
    .filter(line => !line.startsWith('hint:'));
  return { kind: 'refused', message: lines.join('\n') || error.message };
}
