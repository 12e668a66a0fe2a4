import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { create } from 'tar';

/** One version of a package in the registry. */
export interface PublishedVersion {
  readonly files?: Readonly<Record<string, string>>;
  readonly packages?: readonly unknown[];
  readonly require_dbt_version?: readonly string[];
}

/** A package registry on loopback that answers as dbt's does, and counts what it is asked. */
export interface Registry {
  readonly url: string;
  /** The paths that were asked, in order. */
  readonly asked: string[];
  publish(name: string, versions: Readonly<Record<string, PublishedVersion>>): Promise<void>;
  /** Serves bytes at a path. */
  serve(at: string, content: Buffer): void;
  /** How many of the next requests are answered with 503. */
  failNext(count: number): void;
  close(): Promise<void>;
}

/** Starts a registry with nothing in it. */
export async function startRegistry(): Promise<Registry> {
  const answers = new Map<string, Buffer>();
  const asked: string[] = [];
  let failures = 0;
  const server = createServer((request, response) => {
    const at = request.url ?? '';
    asked.push(at);
    if (failures-- > 0) response.writeHead(503).end();
    else if (answers.has(at)) response.writeHead(200).end(answers.get(at));
    else response.writeHead(404).end('{}');
  });
  const url = await listen(server);
  return {
    url,
    asked,
    serve: (at, content) => void answers.set(at, content),
    failNext: count => void (failures = count),
    close: () => closed(server),
    publish: async (name, versions) => {
      const project = name.split('/').at(-1) ?? name;
      const known: Record<string, unknown> = {};
      for (const [version, { files, packages = [], require_dbt_version = [] }] of Object.entries(versions)) {
        const at = `/archive/${project}/${version}.tar.gz`;
        answers.set(at, await archive(`${project}-${version}`, { 'dbt_project.yml': `name: ${project}\n`, ...files }));
        const downloads = { tarball: `${url}${at.slice(1)}`, format: 'tgz' };
        known[version] = { name: project, version, packages, require_dbt_version, downloads };
      }
      const [namespace] = name.split('/');
      const answer = { name: project, namespace, versions: known };
      answers.set(`/api/v1/${name}.json`, Buffer.from(JSON.stringify(answer)));
    },
  };
}

/** A `.tar.gz` with one folder of files in it. */
export async function archive(folder: string, files: Readonly<Record<string, string>>): Promise<Buffer> {
  const place = mkdtempSync(path.join(tmpdir(), 'sluice-archive-'));
  for (const [file, text] of Object.entries(files)) {
    const full = path.join(place, folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  const target = path.join(place, 'made.tar.gz');
  await create({ gzip: true, cwd: place, file: target }, [folder]);
  const content = readFileSync(target);
  rmSync(place, { recursive: true });
  return content;
}

/** Listens on a free port of loopback and answers the server's address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** Ends a server and the connections to it. */
export function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise(resolve => server.close(() => resolve()));
}
