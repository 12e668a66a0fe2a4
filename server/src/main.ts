/** The language server: `node server.cjs --stdio` for any editor, `--node-ipc` for the extension. */
import path from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { systemClock } from './host/clock.ts';
import { environmentFor } from './host/environment.ts';
import { readText } from './host/files.ts';
import { findProjects } from './host/find-projects.ts';
import type { Log } from './host/log.ts';
import { findProfiles } from './host/profiles.ts';
import type { ServerHost } from './lsp/server-host.ts';
import { createServer } from './lsp/server.ts';
import { createModelDb } from './model/create-db.ts';
import { readProjectFiles } from './run/project-files.ts';

const connection = createConnection(ProposedFeatures.all);
const log: Log = {
  info: message => connection.console.info(message),
  warn: message => connection.console.warn(message),
  error: message => connection.console.error(message),
};

const host: ServerHost = {
  files: {
    findProjects,
    readProject: async root => readProjectFiles(root),
    read: async file => readText(file),
    readProfiles: async (projectRoot, profilesDir) =>
      findProfiles({
        profilesDir: profilesDir === undefined ? undefined : path.resolve(projectRoot, profilesDir),
        environment: environmentFor(projectRoot, projectRoot),
        workingFolder: projectRoot,
        projectRoot,
      }),
  },
  clock: systemClock,
  log,
  environment: root => environmentFor(root, root),
  createDb: createModelDb,
  jobs: undefined,
};

const server = createServer(connection, host);
// The client may be killed without a word. Its end of the channel closes then, and nothing may outlive it.
process.on('disconnect', () => void leave());
process.stdin.on('close', () => void leave());
connection.onExit(() => void leave());
connection.listen();

async function leave(): Promise<void> {
  setTimeout(() => process.exit(1), FAREWELL_MS).unref();
  await server.close();
  process.exit(0);
}

const FAREWELL_MS = 2000;
