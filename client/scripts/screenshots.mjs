/** `npm run screenshots`: takes the README's pictures, light and dark, in the real workbench. */
import { buildBundles, buildWhenStale } from './build.mjs';
import { workbenchTestBundles } from './bundles.mjs';
import { exitOf } from './child-process.mjs';
import { repository } from './repository.mjs';
import { startInWorkbench } from './workbench/run-in-workbench.mjs';

process.chdir(repository);
await buildWhenStale();
await buildBundles(workbenchTestBundles());
process.exitCode = await exitOf(await startInWorkbench('screenshots.cjs'));
