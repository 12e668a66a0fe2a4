import { toDict } from '../manifest/data-value.ts';
import { Dict, type Value } from '../../render/value.ts';
import { flagsNamespace } from './flags.ts';
import { HostRecord } from './host-function.ts';
import type { RenderSession } from './render-session.ts';

/**
 * `builtins.ref.config`: the back door by which packages read the project they are installed in. dbt has a whole
 * object of settings there; this holds what packages ask it for.
 */
export function runtimeConfig(session: RenderSession): HostRecord {
  const { view } = session;
  const text = (key: string): Value => {
    const value = view.target.get(key);
    return typeof value === 'string' ? value : null;
  };
  return new HostRecord('RuntimeConfig', {
    project_name: view.projectName,
    profile_name: () => text('profile_name'),
    target_name: () => text('name'),
    args: () => flagsNamespace(view.facts),
    cli_vars: () => toDict(view.commandLineVars),
    vars: () => new HostRecord('VarProvider', { vars: () => toDict(session.vars) }),
    dependencies: () => dependencies(session),
  });
}

function dependencies({ view }: RenderSession): Dict {
  return Dict.fromStrings(
    [...view.packageVersions].map(([name, version]) => [
      name,
      new HostRecord('Project', { project_name: name, version: version ?? null }),
    ]),
  );
}
