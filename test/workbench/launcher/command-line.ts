import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the command line of desktop VS Code asks for, as far as the browser workbench can do it. */
export interface LaunchRequest {
  /** Folders of extensions that are loaded from source. */
  readonly extensions: readonly string[];
  /** The module whose `run` is called inside the extension host; without it the window stays open. */
  readonly tests: string | undefined;
  readonly userDataDir: string | undefined;
  readonly extensionsDir: string | undefined;
  /** Whether installed extensions stay off; extensions from source are loaded all the same. */
  readonly withoutInstalledExtensions: boolean;
  /** The folder, workspace file or file to open. */
  readonly open: string | undefined;
  /** Flags that the server knows by the same name. */
  readonly serverArguments: readonly string[];
}

/** Reads the command line of desktop VS Code. Flags that only make sense for a desktop window are left out. */
export function launchRequest(argv: readonly string[]): LaunchRequest {
  const { flags, positional } = split(argv);
  const last = (name: string): string | undefined => flags.findLast(flag => flag.name === name)?.value;
  const open = last('--folder-uri') ?? last('--file-uri') ?? positional[0];
  const tests = last('--extensionTestsPath');
  return {
    extensions: flags.filter(flag => flag.name === '--extensionDevelopmentPath').map(flag => asPath(flag.value)),
    tests: tests === undefined ? undefined : asPath(tests),
    userDataDir: last('--user-data-dir'),
    extensionsDir: last('--extensions-dir'),
    withoutInstalledExtensions: flags.some(flag => flag.name === '--disable-extensions'),
    open: open === undefined ? undefined : path.resolve(asPath(open)),
    serverArguments: flags.filter(flag => knownToServer.has(flag.name)).flatMap(flag => [flag.name, ...flag.rest]),
  };
}

interface Flag {
  readonly name: string;
  readonly value: string;
  /** The value as a list: empty for a switch. */
  readonly rest: readonly string[];
}

const withValue = new Set([
  '--extensionDevelopmentPath',
  '--extensionTestsPath',
  '--user-data-dir',
  '--extensions-dir',
  '--folder-uri',
  '--file-uri',
  '--enable-proposed-api',
  '--log',
]);

const knownToServer = new Set(['--disable-workspace-trust', '--enable-proposed-api', '--log']);

function split(argv: readonly string[]): { flags: readonly Flag[]; positional: readonly string[] } {
  const flags: Flag[] = [];
  const positional: string[] = [];
  for (let idx = 0; idx < argv.length; idx++) {
    const argument = argv[idx] ?? '';
    const equals = argument.indexOf('=');
    if (!argument.startsWith('-')) positional.push(argument);
    else if (equals > 0) flags.push(flag(argument.slice(0, equals), argument.slice(equals + 1)));
    else if (withValue.has(argument)) flags.push(flag(argument, argv[++idx] ?? ''));
    else flags.push({ name: argument, value: '', rest: [] });
  }
  return { flags, positional };
}

function flag(name: string, value: string): Flag {
  return { name, value, rest: [value] };
}

function asPath(value: string): string {
  return value.startsWith('file://') ? fileURLToPath(value) : value;
}
