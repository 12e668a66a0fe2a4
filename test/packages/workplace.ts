import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderYaml } from '../../server/src/dbt/context/yaml-context.ts';
import { emptyMap } from '../../server/src/dbt/manifest/data.ts';
import { DBT_VERSION } from '../../server/src/dbt/project/dbt-version.ts';
import { installPackages, type InstallEvent, type InstallOptions } from '../../server/src/packages/install.ts';

/** A project in a folder of its own, for packages to be installed in. */
export interface Workplace {
  readonly root: string;
  write(file: string, text: string): void;
  read(file: string): string | undefined;
  /** Installs packages; answers what was installed, or why nothing was, and the warnings on the way. */
  install(options?: Partial<InstallOptions>): Promise<Installed>;
  /** The folders that packages were installed in, sorted, hidden ones included. */
  installed(): readonly string[];
  remove(): void;
}

export interface Installed {
  /** `label version`. */
  readonly packages?: readonly string[];
  readonly failure?: string;
  readonly warnings: readonly string[];
}

/** Makes a project that asks for packages. */
export function workplace(packagesYml: string, hubUrl: string): Workplace {
  const root = mkdtempSync(path.join(tmpdir(), 'sluice-packages-'));
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('dbt_project.yml', 'name: shop\nprofile: shop\n');
  write('packages.yml', packagesYml);
  const read = (file: string): string | undefined =>
    existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), 'utf8') : undefined;
  return {
    root,
    write,
    read,
    install: (options = {}) => install(root, hubUrl, options),
    installed: () =>
      (existsSync(path.join(root, 'dbt_packages')) ? readdirSync(path.join(root, 'dbt_packages')) : []).sort(),
    remove: () => rmSync(root, { recursive: true }),
  };
}

async function install(root: string, hubUrl: string, options: Partial<InstallOptions>): Promise<Installed> {
  const environment = { PATH: process.env['PATH'] ?? '', DBT_PACKAGE_HUB_URL: hubUrl, ...options.environment };
  const facts = {
    environment: Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value ?? ''])),
    invocationId: 'test',
    runStartedAt: '2024-02-29T12:00:00.000000+00:00',
    fullRefresh: false,
    flags: {},
    vars: {},
  };
  const warnings: string[] = [];
  const result = await installPackages({
    root,
    projectName: 'shop',
    installPath: path.join(root, 'dbt_packages'),
    signal: new AbortController().signal,
    render: text => renderYaml(text, { kind: 'packages', vars: emptyMap, target: undefined, facts }),
    dbtVersion: DBT_VERSION,
    upgrade: false,
    lockOnly: false,
    onEvent: (event: InstallEvent) => void (event.kind === 'warning' && warnings.push(event.message)),
    ...options,
    environment,
  });
  if (!result.ok) return { failure: result.failure, warnings };
  return { packages: result.value.map(it => `${it.label} ${it.version ?? it.kind}`), warnings };
}
