import { expect, test } from 'vitest';
import { hostOutputReader } from '../workbench/launcher/host-output.ts';

interface Heard {
  readonly console: string[];
  readonly exits: (number | string)[];
  readonly log: string[];
}

function listen(...chunks: readonly string[]): Heard {
  const heard: Heard = { console: [], exits: [], log: [] };
  const read = hostOutputReader({
    onConsole: line => heard.console.push(line),
    onExit: how => heard.exits.push(how),
    onLog: line => heard.log.push(line),
  });
  chunks.forEach(read);
  return heard;
}

test('console lines of the extension host are told from the lines of the server', () => {
  const heard = listen('server up\nSTART_NATIVE_LOG\n  1 passing\nEND_NATIVE_LOG\nserver again\n');
  expect(heard).toEqual({ console: ['  1 passing'], exits: [], log: ['server up', 'server again'] });
});

test('the prefix that the server puts on a line is no part of it', () => {
  const prefix = '[12:00:00] [127.0.0.1][a1b2c3][ExtensionHostConnection] <42> ';
  const heard = listen(`START_NATIVE_LOG\n${prefix}  suite\n${prefix}END_NATIVE_LOG\n`);
  expect(heard.console).toEqual(['  suite']);
});

test('a line may arrive in pieces', () => {
  const heard = listen('START_NATIVE', '_LOG\n✔ the pre', 'view opens\nEND_NATIVE_LOG', '\n');
  expect(heard.console).toEqual(['✔ the preview opens']);
});

test('an extension host that was killed ends with the name of the signal, one that exited with its code', () => {
  const killed = listen('<42> Extension Host Process exited with code: null, signal: SIGKILL.\n');
  const exited = listen('<42> Extension Host Process exited with code: 7, signal: null.\n');
  expect([...killed.exits, ...exited.exits]).toEqual(['SIGKILL', 7]);
});
