import { Worker } from 'node:worker_threads';

/**
 * Makes this process end when its parent does, also when the parent was killed and could say nothing. `farewell` has a
 * second to stop what runs; after that the process kills itself, because an ordinary exit waits for native threads
 * that may be busy for hours.
 */
export function dieWithParent(farewell: () => Promise<void>): void {
  // Ctrl-C in a terminal reaches the whole group; what it means is for the parent to say.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => {
    setTimeout(killSelf, FAREWELL_MS);
    farewell().then(killSelf, killSelf);
  });
  watchParentFromThread();
}

const FAREWELL_MS = 1000;
const WATCH_MS = 2000;

function killSelf(): void {
  process.kill(process.pid, 'SIGKILL');
}

/** The main thread may hang inside a driver and never hear that the channel closed; a second thread looks too. */
function watchParentFromThread(): void {
  const watch = `
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
    }, ${WATCH_MS + FAREWELL_MS});`;
  new Worker(watch, { eval: true }).unref();
}
