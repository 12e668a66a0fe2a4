import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { packageEntries } from '../dbt/project/packages.ts';
import { readProject } from '../dbt/project/project.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';

/** Where a project's files lie, relative to its own folder. */
export interface ProjectPaths {
  /** Folders that hold templates, properties and documentation. */
  readonly resources: readonly string[];
  /** Folders whose CSV files belong to the project: seeds, and fixtures of unit tests. */
  readonly rows: readonly string[];
  readonly analyses: readonly string[];
  readonly packagesInstallPath: string;
  readonly targetPath: string;
  readonly cleanTargets: readonly string[];
  readonly localPackages: readonly string[];
}

/**
 * Where to look for a project's files, from the texts of its `dbt_project.yml`, `packages.yml` and `dependencies.yml`
 * alone, so that a host knows what to read. Jinja in these texts is not rendered: a path that is written with it is
 * not found.
 */
export function projectPaths(projectText: string, packageTexts: readonly string[]): ProjectPaths {
  const { project } = readProject(dataOf(parseYaml(projectText).root), 'dbt_project.yml', text => ({ value: text }));
  const { models, seeds, snapshots, tests, analyses, macros, functions, docs } = project.paths;
  const packages = packageTexts.flatMap(text => packageEntries(dataOf(parseYaml(text).root), 'packages.yml'));
  return {
    resources: [...models, ...seeds, ...snapshots, ...tests, ...analyses, ...macros, ...functions, ...docs],
    rows: [...seeds, ...tests],
    analyses,
    packagesInstallPath: project.packagesInstallPath,
    targetPath: project.targetPath,
    cleanTargets: project.cleanTargets,
    localPackages: packages.flatMap(entry => entry.local ?? []),
  };
}
