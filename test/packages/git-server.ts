import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closed, listen } from './registry.ts';

/** A git server on loopback: the real `git http-backend` behind a socket. */
export interface GitServer {
  readonly url: string;
  /** Commits files to a repository, which is made when it is new; answers the commit's id. */
  commit(repository: string, files: Readonly<Record<string, string>>): string;
  /** Runs git in a repository. */
  git(repository: string, ...words: readonly string[]): string;
  close(): Promise<void>;
}

/** Starts a git server without repositories. */
export async function startGitServer(): Promise<GitServer> {
  const root = mkdtempSync(path.join(tmpdir(), 'sluice-git-'));
  const server = createServer((request, response) => answer(root, request, response));
  const url = await listen(server);
  const git = (repository: string, ...words: readonly string[]): string =>
    execFileSync('git', ['-C', path.join(root, repository), ...words], { encoding: 'utf8', env: identity }).trim();
  const made = new Set<string>();
  return {
    url,
    git,
    commit: (repository, files) => {
      const folder = path.join(root, repository);
      if (!made.has(repository)) {
        mkdirSync(folder, { recursive: true });
        git(repository, 'init', '--quiet', '--initial-branch=main');
        made.add(repository);
      }
      for (const [file, text] of Object.entries(files)) {
        mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
        writeFileSync(path.join(folder, file), text);
      }
      git(repository, 'add', '.');
      git(repository, 'commit', '--quiet', '-m', 'change');
      return git(repository, 'rev-parse', 'HEAD');
    },
    close: async () => {
      await closed(server);
      rmSync(root, { recursive: true });
    },
  };
}

const identity = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
};

/** Passes a request to git as the common gateway interface has it. */
function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  const [file = '', query = ''] = (request.url ?? '').split('?');
  const backend = spawn('git', ['http-backend'], {
    env: {
      ...identity,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: file,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      ...(request.headers['git-protocol'] === undefined
        ? {}
        : { GIT_PROTOCOL: String(request.headers['git-protocol']) }),
    },
  });
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    const headers = all.subarray(0, end).toString().split('\r\n');
    const pairs = headers.map(line => line.split(/: (.*)/s, 2) as [string, string]);
    const status = Number(pairs.find(([name]) => name === 'Status')?.[1].split(' ')[0] ?? 200);
    response.writeHead(status, Object.fromEntries(pairs.filter(([name]) => name !== 'Status')));
    response.end(all.subarray(end + 4));
  });
}
