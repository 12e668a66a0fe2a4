import { fork, type ChildProcess, type Serializable } from 'node:child_process';

/** A child process that speaks over Node's channel with structured-cloneable messages. */
export interface Child {
  readonly pid: number | undefined;
  send(message: Serializable): void;
  /** Ends the child at once, whatever it is doing. */
  kill(): void;
}

/** What the parent hears of a child. `ended` comes exactly once, and nothing after it. */
export interface ChildEvents {
  readonly message: (message: unknown) => void;
  /** A line the child wrote to its standard output or standard error. */
  readonly line: (line: string) => void;
  /** `reason` names the exit code or the signal, for a person. */
  readonly ended: (reason: string) => void;
}

/**
 * Starts a Node process from a bundle. The child holds the other end of the channel as its life-line
 * (`dieWithParent`), so it never outlives this process. Its output never mixes with ours.
 */
export function startChild(file: string, environment: Readonly<Record<string, string>>, events: ChildEvents): Child {
  const child = fork(file, {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Debugger flags of this process would make the child wait for a debugger of its own.
    execArgv: [],
    env: { ...process.env, ...environment },
  });
  listen(child, events);
  return {
    pid: child.pid,
    send: message => {
      if (child.connected) child.send(message, ignoreSendError);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

// A message that could not be delivered means that the child is gone, which `ended` tells.
const ignoreSendError = (): void => undefined;

function listen(child: ChildProcess, events: ChildEvents): void {
  let hasEnded = false;
  const end = (reason: string): void => {
    if (hasEnded) return;
    hasEnded = true;
    events.ended(reason);
  };
  child.on('message', events.message);
  child.on('exit', (code, signal) => end(signal === null ? `exit code ${code}` : `signal ${signal}`));
  child.on('error', error => end(error.message));
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) forwardLines(stream, events.line);
}

function forwardLines(stream: NodeJS.ReadableStream, line: (line: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) line(each);
  });
  stream.on('end', () => {
    if (rest !== '') line(rest);
  });
}
