/** A project as one text: a line `-- path --` starts a file, which is everything up to the next such line. */
export type ProjectArchive = ReadonlyMap<string, string>;

/** Reads an archive; every file ends with a newline unless the archive itself breaks off. */
export function readArchive(text: string): ProjectArchive {
  const files = new Map<string, string>();
  const headers = [...text.matchAll(/^-- (.+) --\n/gm)];
  for (const [idx, header] of headers.entries()) {
    const start = header.index + header[0].length;
    files.set(header[1] ?? '', text.slice(start, headers[idx + 1]?.index ?? text.length));
  }
  return files;
}
