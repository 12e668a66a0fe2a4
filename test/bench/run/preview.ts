import { readdirSync, readFileSync } from 'node:fs';
import type { Credentials } from '../../../server/src/warehouse/warehouse.ts';
import { editor, type Party, rawDuckdb, rawPostgres, session, type Wanted } from './first-page.ts';
import { openWarehouse } from './surroundings.ts';

const N_ROWS = 10_000_000;
const PAGE = 500;
const N_ROUNDS = 30;
/** Rounds that are not counted: what runs for the first time is compiled, connected and cached. */
const N_WARMING = 5;

/**
 * A query over ten million rows: its first page as the driver alone gets it, through an open session, and as the editor
 * gets it, in turns; and the memory that reading on takes.
 */
export async function measurePreview(credentials: Credentials): Promise<Readonly<Record<string, number>>> {
  const isDuckdb = credentials.type === 'duckdb';
  const sql = isDuckdb
    ? `select i as id, 'name ' || i as name, i / 7 as share from range(${N_ROWS}) as t(i)`
    : `select i as id, 'name ' || i as name, i / 7.0 as share from generate_series(1, ${N_ROWS}) as t(i)`;
  const { raw, session: ours, editor: whole } = await timesOf(credentials, { sql, page: PAGE });
  const times = {
    rawFirstPageMs: raw,
    firstPageMs: ours,
    ratio: ours / raw,
    editorMs: whole,
    editorRatio: whole / raw,
  };
  return { rows: N_ROWS, rounds: N_ROUNDS, ...times, ...(await readOn(credentials, sql)) };
}

async function timesOf(credentials: Credentials, wanted: Wanted) {
  const warehouse = openWarehouse(credentials);
  const parties = {
    raw: await (credentials.type === 'duckdb' ? rawDuckdb(wanted) : rawPostgres(credentials, wanted)),
    session: await session(warehouse, wanted),
    editor: editor(credentials, wanted),
  };
  try {
    return await inTurns(parties);
  } finally {
    await Promise.all(Object.values(parties).map(it => it.close()));
    await warehouse.close();
  }
}

/** The median time of each party. In every round each has its turn, so that all see the same weather. */
async function inTurns<K extends string>(parties: Readonly<Record<K, Party>>): Promise<Readonly<Record<K, number>>> {
  const names = Object.keys(parties) as K[];
  const times = Object.fromEntries(names.map(it => [it, []])) as unknown as Record<K, number[]>;
  for (let round = 0; round < N_WARMING + N_ROUNDS; round++) {
    for (const name of names) {
      const ms = await timed(parties[name]);
      if (round >= N_WARMING) times[name].push(ms);
    }
  }
  return Object.fromEntries(names.map(it => [it, median(times[it])])) as Record<K, number>;
}

async function timed(party: Party): Promise<number> {
  const begun = performance.now();
  const end = await party.firstPage();
  const took = performance.now() - begun;
  await end();
  return took;
}

const median = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;

/** Reads two million rows and watches the process that holds the driver. */
async function readOn(credentials: Credentials, sql: string): Promise<Readonly<Record<string, number>>> {
  const warehouse = openWarehouse(credentials);
  const opened = await warehouse.session();
  if (!opened.ok) throw new Error(opened.failure.message);
  const stream = await opened.value.query(sql, { pageSize: 2000 });
  if (!stream.ok) throw new Error(stream.failure.message);
  const before = megabytesOfChildren();
  let most = before;
  for (let page = 0; page < 1000; page++) {
    const next = await stream.value.next();
    if (!next.ok || next.value === undefined) break;
    if (page % 50 === 0) most = Math.max(most, megabytesOfChildren());
  }
  await warehouse.close();
  return { megabytesBefore: before, megabytesAtMost: most };
}

/** The resident memory of the processes that this one has started. */
function megabytesOfChildren(): number {
  const folders = readdirSync('/proc').filter(it => /^\d+$/.test(it));
  return folders.reduce((sum, pid) => sum + residentOf(pid), 0);
}

function residentOf(pid: string): number {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    // The process has ended meanwhile.
    return 0;
  }
  const isOurs = status.includes(`PPid:\t${process.pid}\n`) && status.startsWith('Name:\tnode');
  return isOurs ? Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024 : 0;
}
