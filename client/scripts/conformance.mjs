// Runs a file of conformance cases: `npm run conformance -- jinja FILE.jsonl`. Prints the failures by id and then one
// line of JSON, `{"passed":N,"failed":N}`; fails if a case does. Each suite is `test/conformance/run-SUITE.ts`.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { dist } from './repository.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [suite, file] = process.argv.slice(2);
const entry = join(root, 'test', 'conformance', `run-${suite}.ts`);
if (suite === undefined || file === undefined || !existsSync(entry)) {
  console.error('usage: npm run conformance -- SUITE FILE.jsonl');
  process.exit(2);
}
const folder = join(dist, 'conformance');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${suite}-${process.pid}.mjs`);
await build({
  entryPoints: [entry],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outfile,
  logLevel: 'warning',
});
try {
  const { run } = await import(pathToFileURL(outfile).href);
  const failed = await run(resolve(file));
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  rmSync(outfile, { force: true });
}
