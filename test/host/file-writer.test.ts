import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { FileWriter } from '../../server/src/host/file-writer.ts';
import { bundled } from '../warehouse/bundle.ts';

let threadFile: string;
let folder: string;

beforeAll(async () => {
  threadFile = await bundled('server/src/host/file-writer-thread.ts', 'file-writer');
});

afterAll(() => rmSync(threadFile));

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-writer-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function fill(writer: FileWriter, nFiles: number): void {
  for (let at = 0; at < nFiles; at++) {
    writer.write({ file: path.join(folder, `d${at % 7}/f${at}`), text: `text ${at}` });
  }
}

test('many files are all there once the writer is closed', async () => {
  const writer = new FileWriter(threadFile);
  fill(writer, 1000);
  await writer.close();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(it => it.isFile());
  expect(names.length).toBe(1000);
  expect(readFileSync(path.join(folder, 'd5/f999'), 'utf8')).toBe('text 999');
});

test('a few files need no thread', async () => {
  const writer = new FileWriter(path.join(folder, 'no-thread'));
  fill(writer, 10);
  await writer.close();
  expect(readFileSync(path.join(folder, 'd2/f9'), 'utf8')).toBe('text 9');
});

test.each([10, 1000])('among %s files one that cannot be written is told', async nFiles => {
  const writer = new FileWriter(threadFile);
  writeFileSync(path.join(folder, 'd3'), 'in the way');
  fill(writer, nFiles);
  await expect(writer.close()).rejects.toThrow('ENOTDIR');
});
