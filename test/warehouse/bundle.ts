import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const repository = path.resolve(import.meta.dirname, '../..');

/** Bundles an entry point as the product does, into a folder below the repository so that its packages are found. */
export async function bundled(entry: string, name: string): Promise<string> {
  const folder = path.join(repository, 'dist/unit');
  mkdirSync(folder, { recursive: true });
  const outfile = path.join(folder, `${name}.${process.pid}.cjs`);
  await build({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['@duckdb/node-api', 'node-sql-parser/build/*'],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: 'const bundleUrl=require("node:url").pathToFileURL(__filename).href;' },
    logLevel: 'error',
  });
  return outfile;
}
