import { err, ok, type Result } from '../base/result.ts';
import { renderYaml } from '../dbt/context/yaml-context.ts';
import { asString, dataAt, stringEntries, toJson, type Json } from '../dbt/manifest/data.ts';
import { dataMapOfPlain } from '../dbt/manifest/plain-data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { readCredentials } from '../dbt/project/profile.ts';
import type { RenderText } from '../dbt/project/render-data.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { ProjectInput } from './project-input.ts';
import { PROJECT_FILE } from './structure.ts';

/** What a connection needs, `type` and secrets included, as plain data. */
export interface PlainCredentials {
  readonly type: string;
  readonly [key: string]: Json;
}

/** Why there is no connection to make. */
export interface CredentialsFailure {
  readonly kind: 'profile-missing' | 'profile-invalid' | 'target-missing';
  readonly message: string;
  readonly file: string;
}

/**
 * The values of the chosen target, for opening its connection and nothing else: they hold secrets, so they are worked
 * out anew each time and remembered nowhere.
 */
export function credentialsOf(input: ProjectInput): Result<PlainCredentials, CredentialsFailure> {
  const { profiles, settings } = input;
  const render: RenderText = text => {
    const vars = dataMapOfPlain(settings.vars);
    return renderYaml(text, { kind: 'profile', vars, target: undefined, facts: settings });
  };
  const profileName = settings.profile ?? projectProfile(input, render);
  if (profiles === undefined || profileName === undefined) {
    const message = profiles === undefined ? 'Could not find a profiles.yml' : 'the project names no profile';
    return err({ kind: 'profile-missing', message, file: PROJECT_FILE });
  }
  const choice = { profileName, targetName: settings.target, threads: undefined, file: profiles.file };
  const { values, mistakes } = readCredentials(dataOf(parseYaml(profiles.text).root), choice, render);
  const [mistake] = mistakes;
  const type = asString(values?.get('type'));
  if (values !== undefined && type !== undefined) {
    const plain = stringEntries(values).map(([key, value]) => [key, toJson(value)] as const);
    return ok({ ...Object.fromEntries(plain), type });
  }
  const message = mistake?.message ?? 'the profile names no type of warehouse';
  const kind =
    mistake?.code === 'target-missing' || mistake?.code === 'profile-missing' ? mistake.code : 'profile-invalid';
  return err({ kind, message, file: profiles.file });
}

function projectProfile(input: ProjectInput, render: RenderText): string | undefined {
  const data = dataOf(parseYaml(input.files.get(PROJECT_FILE) ?? '').root);
  const name = asString(dataAt(data, 'profile'));
  const rendered = name === undefined ? undefined : render(name);
  return rendered !== undefined && 'value' in rendered ? asString(rendered.value) : name;
}
