/** Where the command line writes: lines that stay, and on a terminal a status below them that is drawn anew. */
export interface Terminal {
  /** Whether the status is shown at all: only a person at a terminal can use one. */
  readonly isLive: boolean;
  readonly width: number;
  line(text: string): void;
  /** Replaces the lines below everything that stays. */
  status(lines: readonly string[]): void;
}

/** A terminal over a stream such as standard output. */
export function streamTerminal(stream: NodeJS.WriteStream): Terminal {
  return new StreamTerminal(stream);
}

const ERASE_BELOW = '\u001B[J';

class StreamTerminal implements Terminal {
  readonly #stream: NodeJS.WriteStream;
  #status: readonly string[] = [];

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // Whoever read the other end of a pipe may have seen enough (`| head`): what runs goes on, and says no more.
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }

  get isLive(): boolean {
    return this.#stream.isTTY && process.env['TERM'] !== 'dumb';
  }

  get width(): number {
    // A terminal that nobody has told its size says 0.
    return (this.#stream.isTTY && this.#stream.columns) || PIPE_WIDTH;
  }

  line(text: string): void {
    const status = this.#status;
    this.#stream.write(`${this.#eraseStatus()}${text}\n${status.map(it => `${it}\n`).join('')}`);
  }

  status(lines: readonly string[]): void {
    if (!this.isLive) return;
    // More lines than the screen has cannot be taken back.
    const shown = lines.slice(-Math.max(this.#stream.rows - 1, 1));
    this.#stream.write(`${this.#eraseStatus()}${shown.map(it => `${it}\n`).join('')}`);
    this.#status = shown;
  }

  #eraseStatus(): string {
    return this.#status.length === 0 ? '' : `\u001B[${this.#status.length}A\r${ERASE_BELOW}`;
  }
}

/** Without a terminal lines are as long as they need to be, within reason. */
const PIPE_WIDTH = 160;
