import { Worker } from 'node:worker_threads';
import { writeText } from './files.ts';

/** A file and what it is to say. */
export interface FileText {
  readonly file: string;
  readonly text: string;
}

/** How many files are worth a message, and a thread to read it. */
const BATCH = 256;

/**
 * Writes many small files while their texts are being made: a few at the end by itself, more in a thread of its own, so
 * that neither waits for the other. What is wrong with a file is told by `close`.
 */
export class FileWriter {
  readonly #threadFile: string;
  #pending: FileText[] = [];
  #thread: { readonly worker: Worker; readonly ended: Promise<Error | undefined> } | undefined;

  /** `threadFile` is the bundle of `file-writer-thread.ts`. */
  constructor(threadFile: string) {
    this.#threadFile = threadFile;
  }

  write(file: FileText): void {
    this.#pending.push(file);
    if (this.#pending.length >= BATCH) this.#send();
  }

  /** Ends once all files are written; fails with what kept the first one from it. */
  async close(): Promise<void> {
    if (this.#thread === undefined) {
      for (const { file, text } of this.#pending) writeText(file, text);
      return;
    }
    this.#send();
    this.#thread.worker.postMessage('end');
    const failure = await this.#thread.ended;
    if (failure !== undefined) throw failure;
  }

  #send(): void {
    this.#thread ??= startThread(this.#threadFile);
    const message: FileWriterMessage = this.#pending;
    this.#thread.worker.postMessage(message);
    this.#pending = [];
  }
}

/** What the thread is sent: files to write, and at last the word that there are no more. */
export type FileWriterMessage = readonly FileText[] | 'end';

function startThread(threadFile: string): { readonly worker: Worker; readonly ended: Promise<Error | undefined> } {
  const worker = new Worker(threadFile);
  const ended = new Promise<Error | undefined>(resolve => {
    worker.once('error', resolve);
    worker.once('exit', () => resolve(undefined));
  });
  return { worker, ended };
}
