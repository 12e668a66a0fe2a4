import { profileFolders } from '../host/profiles.ts';
import { complain } from './output.ts';
import type { Invocation } from './project.ts';
import { secondsText } from './run-printer.ts';
import { version } from './version.ts';
import { warehouseOf } from './warehouse.ts';

/** `debug`: what was found where, and whether the warehouse answers. Answers the exit code. */
export async function debugCommand(invocation: Invocation): Promise<number> {
  const { db, input, root, output } = invocation;
  const { name, profileName, targetName, adapterType, threads, packages } = db.project();
  const nothing = 'none';
  const facts: readonly (readonly [string, string])[] = [
    ['sluice', version],
    ['node', process.version],
    ['project', `${name ?? nothing} in ${root}`],
    [
      'packages',
      packages
        .filter(it => it.root !== '')
        .map(it => it.name)
        .join(', ') || nothing,
    ],
    ['profiles', input.profiles?.file ?? `not found in ${searched(invocation)}`],
    ['profile', profileName ?? nothing],
    ['target', targetName ?? nothing],
    ['adapter', adapterType ?? nothing],
    ['threads', String(threads)],
  ];
  for (const [key, value] of facts) output.terminal.line(`  ${output.style.dim(key.padEnd(10))} ${value}`);
  return connects(invocation);
}

function searched({ arguments: given, input, root }: Invocation): string {
  const search = {
    profilesDir: given.texts.get('profiles-dir'),
    environment: input.settings.environment,
    workingFolder: process.cwd(),
    projectRoot: root,
  };
  return profileFolders(search).join(', ');
}

async function connects(invocation: Invocation): Promise<number> {
  const { output, clock, signal } = invocation;
  const warehouse = warehouseOf(invocation);
  if (!warehouse.ok) {
    complain(output, warehouse.failure);
    return 1;
  }
  const begun = clock.elapsed();
  const session = await warehouse.value.session();
  const answer = session.ok ? await session.value.execute('select 1 as id', { fetch: true, signal }) : session;
  await warehouse.value.close();
  if (!answer.ok) {
    complain(output, answer.failure.message);
    return 1;
  }
  const time = secondsText((clock.elapsed() - begun) / 1000);
  output.terminal.line(
    `  ${output.style.dim('connection')} ${output.style.green('ok')} ${output.style.dim(`in ${time}`)}`,
  );
  return 0;
}
