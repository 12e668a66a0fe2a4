/** `npm run bench -- NAME [OPTIONS]` bundles and runs `test/bench/NAME.ts`; without a name it lists them. */
import path from 'node:path';
import { buildBundles, buildWhenStale } from './build.mjs';
import { benchmarkBundle, benchmarkNames } from './bundles.mjs';
import { run } from './child-process.mjs';
import { dist, repository } from './repository.mjs';

const [name, ...options] = process.argv.slice(2);

if (name === undefined) {
  console.log(`Benchmarks: ${benchmarkNames().join(', ') || 'none yet'}`);
} else if (!benchmarkNames().includes(name)) {
  console.error(`There is no benchmark '${name}'. Benchmarks: ${benchmarkNames().join(', ')}`);
  process.exitCode = 1;
} else {
  await buildWhenStale();
  const bundle = benchmarkBundle(name);
  await buildBundles([bundle]);
  process.exitCode = await run(process.execPath, ['--expose-gc', path.join(dist, bundle.outfile), ...options], {
    cwd: repository,
  });
}
