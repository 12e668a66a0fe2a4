/** Where things are in a clone of this repository. */
import path from 'node:path';

/** The root of the clone, as an absolute path. */
export const repository = path.resolve(import.meta.dirname, '../..');

/** Everything that is built; `SLUICE_DIST` names another folder for builds that must not disturb each other. */
export const dist = path.resolve(process.env['SLUICE_DIST'] ?? path.join(repository, 'dist'));

/** The command line tool, once built. */
export const commandLine = path.join(dist, 'cli.cjs');

/** The project the product is shown and tested with. */
export const sampleProject = path.join(repository, 'sample-project');
