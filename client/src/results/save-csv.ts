import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import type { GridCell, MoreRows } from '../../../server/src/protocol.ts';
import { commaSeparated } from './separated-values.ts';

/** Rows that can be asked for page by page, from the first to the last. */
export interface RowSource {
  readonly names: readonly string[];
  readonly more: (first: number, count: number) => Promise<MoreRows>;
}

/**
 * Writes rows to a CSV file as they come, however many there are, and says how many there are by now. The file is there
 * when all rows are in it; a failure and a wish to stop leave what was there before.
 */
export async function saveCsv(
  target: vscode.Uri,
  source: RowSource,
  { report, token }: { readonly report: (count: number) => void; readonly token: vscode.CancellationToken },
): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sluice-csv-'));
  const file = path.join(folder, 'rows.csv');
  let count = 0;
  async function* lines(): AsyncGenerator<string> {
    yield commaSeparated([source.names]);
    for await (const rows of pagesOf(source)) {
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      count += rows.length;
      report(count);
      yield commaSeparated(rows);
    }
  }
  try {
    await pipeline(Readable.from(lines()), createWriteStream(file));
    await vscode.workspace.fs.copy(vscode.Uri.file(file), target, { overwrite: true });
  } finally {
    await rm(folder, { recursive: true });
  }
  return count;
}

const PAGE = 2000;

async function* pagesOf(source: RowSource): AsyncGenerator<readonly (readonly GridCell[])[]> {
  for (let first = 0; ;) {
    const { page, total, rest } = await source.more(first, PAGE);
    if (page.rows.length > 0) yield page.rows;
    first += page.rows.length;
    if ('message' in rest) throw new Error(rest.message);
    if (page.rows.length === 0 || (rest.kind === 'none' && first >= total)) return;
  }
}
