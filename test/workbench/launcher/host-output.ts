/** What the server's output tells about the extension host. */
export interface HostOutputListener {
  /** A line that code in the extension host wrote to the console. */
  readonly onConsole: (line: string) => void;
  /** The extension host ended: with an exit code, or with the name of the signal that ended it. */
  readonly onExit: (how: number | string) => void;
  /** Any other line of the server's own log. */
  readonly onLog: (line: string) => void;
}

/**
 * Splits the server's output into lines of the extension host's console and lines of the server.
 *
 * A window opened with a `debugId` makes the extension host write its console between `START_NATIVE_LOG` and
 * `END_NATIVE_LOG`; the server copies that, with a prefix of its own on some lines.
 */
export function hostOutputReader(listener: HostOutputListener): (chunk: string) => void {
  let unfinished = '';
  let block: string[] | undefined;
  const readLine = (line: string): void => {
    const prefix = block === undefined ? undefined : serverPrefix.exec(line)?.[0];
    const text = prefix === undefined ? line : line.slice(prefix.length);
    if (text === 'START_NATIVE_LOG') {
      block = [];
    } else if (text === 'END_NATIVE_LOG') {
      for (const it of withoutEmptyEnd(block ?? [])) listener.onConsole(it);
      block = undefined;
    } else if (block !== undefined) {
      if (text !== '' || prefix === undefined) block.push(text);
    } else if (text.trim() !== '') {
      readLogLine(text, listener);
    }
  };
  return chunk => {
    const lines = (unfinished + chunk).split('\n');
    unfinished = lines.pop() ?? '';
    lines.forEach(readLine);
  };
}

const serverPrefix = /^(?:\[[^\]]*\] )?\[[^\]]*\]\[[^\]]*\]\[ExtensionHostConnection\] <\d+> ?/;

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function readLogLine(line: string, listener: HostOutputListener): void {
  const ended = /Extension Host Process exited with code: (\w+), signal: (\w+)/.exec(line);
  const [, code = '', signal = ''] = ended ?? [];
  if (ended !== null) listener.onExit(code === 'null' ? signal : Number(code));
  listener.onLog(line);
}
