import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const repository = path.resolve(import.meta.dirname, '../..');
/** Below the repository, so that the bundles find its packages. */
const folder = path.join(repository, 'dist/unit');

/** Bundles an entry point as the product does; the file's name is this process's own. */
export function bundled(entry: string, name: string): Promise<string> {
  return bundleTo(entry, path.join(folder, `${name}.${process.pid}.cjs`));
}

/** The command line with the bundles it starts beside it, in a folder of this process's own. */
export async function bundledCommandLine(): Promise<{ readonly folder: string; readonly cli: string }> {
  const { folder: own, main } = await bundledProgram('server/src/cli.ts', 'cli');
  return { folder: own, cli: main };
}

/** The language server in the same way. */
export async function bundledServer(): Promise<{ readonly folder: string; readonly server: string }> {
  const { folder: own, main } = await bundledProgram('server/src/main.ts', 'server');
  return { folder: own, server: main };
}

async function bundledProgram(
  entry: string,
  name: string,
): Promise<{ readonly folder: string; readonly main: string }> {
  const own = path.join(folder, `${name}.${process.pid}`);
  const [main] = await Promise.all([
    bundleTo(entry, path.join(own, `${name}.cjs`)),
    bundleTo('server/src/run/worker.ts', path.join(own, 'render-worker.cjs')),
    bundleTo('server/src/warehouse/process.ts', path.join(own, 'warehouse.cjs')),
    bundleTo('server/src/host/file-writer-thread.ts', path.join(own, 'file-writer.cjs')),
  ]);
  return { folder: own, main };
}

async function bundleTo(entry: string, outfile: string): Promise<string> {
  mkdirSync(path.dirname(outfile), { recursive: true });
  await build({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['@duckdb/node-api', 'node-sql-parser/build/*'],
    mainFields: ['module', 'main'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: 'const bundleUrl=require("node:url").pathToFileURL(__filename).href;' },
    logLevel: 'error',
  });
  return outfile;
}
