/** The language server: `node server.cjs --stdio` for any editor, `--node-ipc` for the extension. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { systemClock } from './host/clock.ts';
import { environmentFor } from './host/environment.ts';
import { readText, replaceText, writeText } from './host/files.ts';
import { findProjects } from './host/find-projects.ts';
import { newId } from './host/ids.ts';
import type { Log } from './host/log.ts';
import { findProfiles, profileFolders, type ProfilesSearch } from './host/profiles.ts';
import type { ServerHost } from './lsp/server-host.ts';
import { createServer } from './lsp/server.ts';
import { warehouseJobs } from './lsp/warehouse-jobs.ts';
import { createModelDb } from './model/create-db.ts';
import { credentialsOf } from './model/credentials.ts';
import { SEEN_FILE, withSeen } from './model/seen-relations.ts';
import { readProjectFiles } from './run/project-files.ts';
import { wordExpectations } from './syntax/sql/expected-words.ts';
import { statementReader } from './syntax/sql/independent-parser.ts';
import type { SqlGrammar } from './syntax/sql/independent-parser.ts';
import { warehouseInProcess } from './warehouse/client.ts';

const connection = createConnection(ProposedFeatures.all);
const log: Log = {
  info: message => connection.console.info(message),
  warn: message => connection.console.warn(message),
  error: message => connection.console.error(message),
};

/** A bundle that lies beside this one. */
const bundle = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const require = createRequire(import.meta.url);

const loadGrammar = (grammar: string): SqlGrammar => require(`node-sql-parser/build/${grammar}`) as SqlGrammar;
const readStatements = statementReader(loadGrammar);

const jobs = warehouseJobs({
  clock: systemClock,
  newId,
  credentialsOf,
  openWarehouse: (credentials, projectRoot) =>
    warehouseInProcess({ credentials, projectRoot, processFile: bundle('warehouse.cjs'), log }),
  readStatements,
  workerFile: bundle('render-worker.cjs'),
  remember: ({ input, db }, seen) => {
    const file = path.resolve(input.root, db.project().targetPath, SEEN_FILE);
    if (seen.length > 0) replaceText(file, withSeen(readText(file), seen));
  },
  writeArtifact: ({ input, db }, artifact) =>
    writeText(path.resolve(input.root, db.project().targetPath, artifact.path), artifact.text),
});

const profilesSearch = (projectRoot: string, profilesDir: string | undefined): ProfilesSearch => ({
  profilesDir: profilesDir === undefined ? undefined : path.resolve(projectRoot, profilesDir),
  environment: environmentFor(projectRoot, projectRoot),
  workingFolder: projectRoot,
  projectRoot,
});

const host: ServerHost = {
  files: {
    findProjects,
    readProject: async root => readProjectFiles(root),
    read: async file => readText(file),
    readProfiles: async (root, profilesDir) => findProfiles(profilesSearch(root, profilesDir)),
    profileFolders: (root, profilesDir) => profileFolders(profilesSearch(root, profilesDir)),
  },
  clock: systemClock,
  log,
  environment: root => environmentFor(root, root),
  createDb: createModelDb,
  readStatements,
  wordExpectations: wordExpectations(loadGrammar),
  jobs,
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
