import { parentPort } from 'node:worker_threads';
import { bug } from '../base/bug.ts';
import type { FileWriterMessage } from './file-writer.ts';
import { writeText } from './files.ts';

/** The thread of a `FileWriter`: it ends with the last file, or with the first that cannot be written. */
const port = parentPort ?? bug('a file writer outside of a worker');

port.on('message', (message: FileWriterMessage) => {
  if (message === 'end') port.close();
  else for (const { file, text } of message) writeText(file, text);
});
