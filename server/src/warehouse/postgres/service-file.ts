import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The parameters of the service that `PGSERVICE` names, as libpq reads them from `PGSERVICEFILE`, else
 * `~/.pg_service.conf`, else `pg_service.conf` in `PGSYSCONFDIR`; none without `PGSERVICE`. What a profile says
 * itself comes before them. Throws libpq's words when the service is nowhere, and what the file system says of a
 * file that cannot be read.
 */
export function serviceParameters(): Readonly<Record<string, string>> {
  const service = process.env['PGSERVICE'];
  if (service === undefined || service === '') return {};
  for (const file of serviceFiles()) {
    const parameters = parametersIn(readFileSync(file, 'utf8'), service);
    if (parameters !== undefined) return parameters;
  }
  throw new Error(`definition of service "${service}" not found`);
}

/** A file that the environment names must be there; the others may be. */
function serviceFiles(): readonly string[] {
  const named = process.env['PGSERVICEFILE'];
  const own = path.join(homedir(), '.pg_service.conf');
  const system = process.env['PGSYSCONFDIR'];
  const optional = [
    ...(named === undefined ? [own] : []),
    ...(system === undefined ? [] : [path.join(system, 'pg_service.conf')]),
  ];
  return [...(named === undefined ? [] : [named]), ...optional.filter(it => existsSync(it))];
}

/** The `key=value` lines below `[service]`; `#` starts a comment line. */
function parametersIn(text: string, service: string): Readonly<Record<string, string>> | undefined {
  const lines = text.split(/\r?\n/).map(line => line.trim());
  const start = lines.indexOf(`[${service}]`);
  if (start < 0) return undefined;
  const after = lines.slice(start + 1);
  const next = after.findIndex(line => line.startsWith('['));
  const entries = (next < 0 ? after : after.slice(0, next))
    .filter(line => line !== '' && !line.startsWith('#') && line.includes('='))
    .map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
  return Object.fromEntries(entries);
}
