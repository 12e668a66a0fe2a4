import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { asMap, asString, dataAt, emptyMap, type Data } from '../dbt/manifest/data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { readPackageSpecs, type PackageSpec } from '../dbt/packages/package-spec.ts';
import { renderData, type RenderText } from '../dbt/project/render-data.ts';
import { readText } from '../host/files.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';

/** What a project asks for, and where it does. */
export interface WantedPackages {
  readonly specs: readonly PackageSpec[];
  /** `packages.yml`, unless `dependencies.yml` lists the packages. */
  readonly file: 'packages.yml' | 'dependencies.yml';
}

/** The packages that the project in a folder asks for. The failure says which file is wrong, and how. */
export function wantedPackages(folder: string, render: RenderText): Result<WantedPackages, string> {
  const packages = readYaml(path.join(folder, 'packages.yml'));
  const dependencies = readYaml(path.join(folder, 'dependencies.yml'));
  if (!packages.ok) return packages;
  if (!dependencies.ok) return dependencies;
  const isInDependencies = dataAt(dependencies.value, 'packages') !== undefined;
  if (isInDependencies && dataAt(packages.value, 'packages') !== undefined) {
    return err("The 'packages' key cannot be specified in both packages.yml and dependencies.yml");
  }
  if (dataAt(packages.value, 'projects') !== undefined) {
    return err("The 'projects' key cannot be specified in packages.yml");
  }
  const file = isInDependencies ? 'dependencies.yml' : 'packages.yml';
  const data = isInDependencies ? dependencies.value : packages.value;
  const specs = renderedSpecs(data, file, render);
  return specs.ok ? ok({ specs: specs.value, file }) : specs;
}

/** Reads packages out of data whose texts may hold Jinja. */
export function renderedSpecs(data: Data, file: string, render: RenderText): Result<readonly PackageSpec[], string> {
  const problems: string[] = [];
  const rendered = renderData(data, {
    render,
    keeps: () => false,
    onProblem: (_, message) => problems.push(message),
  });
  const [problem] = problems;
  return problem === undefined ? readPackageSpecs(rendered, data, file) : err(`${file}: ${problem}`);
}

/** The data of a YAML file; empty when there is none. */
export function readYaml(file: string): Result<Data, string> {
  const text = readText(file);
  if (text === undefined) return ok(emptyMap);
  const { root, problems } = parseYaml(text);
  const [problem] = problems;
  return problem === undefined ? ok(dataOf(root) ?? emptyMap) : err(`${path.basename(file)}: ${problem.message}`);
}

/** The name of the project in a folder, and the packages that it asks for itself. */
export interface PackageProject {
  readonly name: string;
  readonly packages: readonly PackageSpec[];
}

/** Reads the project of a package from its folder. */
export function packageProject(folder: string, render: RenderText): Result<PackageProject, string> {
  const file = path.join(folder, 'dbt_project.yml');
  if (readText(file) === undefined) {
    return err(
      `No dbt_project.yml found at expected path ${file}\nVerify that each entry within packages.yml (and their transitive dependencies) contains a file named dbt_project.yml`,
    );
  }
  const project = readYaml(file);
  if (!project.ok) return err(`${file}: ${project.failure}`);
  const name = asString(asMap(project.value)?.get('name'));
  if (name === undefined || !/^[^\d\W]\w*$/.test(name)) {
    return err(`Package defined in ${file} must have a name of letters, digits and underscores!`);
  }
  const wanted = wantedPackages(folder, render);
  return wanted.ok ? ok({ name, packages: wanted.value.specs }) : err(`In the package ${name}: ${wanted.failure}`);
}
