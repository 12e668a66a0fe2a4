import os from 'node:os';
import { bind } from '../../server/src/binder/bind.ts';
import type { DialectName } from '../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../server/src/syntax/sql/parse.ts';
import { hundredLines, hundredLinesCatalog } from './sql/hundred-lines.ts';
import { lineageCost } from './sql/lineage.ts';
import { parsers, readBy, type Parser } from './sql/parsers.ts';
import { print, timed, type Timing } from './sql/timing.ts';
import { TPCH } from './sql/tpch.ts';

/**
 * `npm run bench -- sql [MODELS]`: one query of a hundred lines parsed and bound, the TPC-H queries parsed by every
 * parser that is installed, and the column lineage of a project of so many models.
 */
const N_MODELS = Number(process.argv[2] ?? 5000);

function measureQuery(text: string, dialect: DialectName): readonly Timing[] {
  const catalog = hundredLinesCatalog(dialect);
  const tree = parseSql(text, dialect);
  const { problems } = bind(tree, catalog);
  const wrong = [...tree.problems, ...problems.filter(it => it.severity === 'error')];
  if (wrong.length > 0) throw new Error(`the measured query has a problem: ${wrong[0]?.message}`);
  return [
    timed(`${dialect}: parsed`, 2000, () => parseSql(text, dialect)),
    timed(`${dialect}: parsed and bound`, 2000, () => bind(parseSql(text, dialect), catalog)),
  ];
}

interface TpchTiming extends Timing {
  readonly nQueries: number;
  readonly failures: readonly string[];
}

/** Each parser reads what it can of the queries, and ours the same ones in the next moment. */
function measureTpch(parser: Parser, own: Parser): readonly TpchTiming[] {
  const { read, failures } = readBy(parser, TPCH);
  const runs = parser === own ? 1000 : 100;
  return [parser, ...(parser === own ? [] : [own])].map(it => ({
    ...timed(it.name, runs, () => read.forEach(text => it.parse(text))),
    nQueries: read.length,
    failures: it === parser ? failures : [],
  }));
}

function printTpch(timing: TpchTiming): void {
  print(timing, `${timing.nQueries} queries`);
  for (const it of timing.failures) console.log(`    cannot read ${it}`);
}

async function measure(): Promise<void> {
  console.log(`load of the last minute: ${os.loadavg()[0]?.toFixed(1)} on ${os.cpus().length} cores`);
  const text = hundredLines();
  console.log(`\na query of ${text.split('\n').length} lines, ${text.length} characters`);
  const query = (['duckdb', 'postgres', 'snowflake', 'bigquery'] as const).flatMap(it => measureQuery(text, it));
  for (const it of query) print(it);
  console.log(`\nTPC-H, ${TPCH.length} queries; each other parser before ours on the queries that it reads`);
  const all = await parsers();
  const tpch = all.flatMap(it => measureTpch(it, all[0] ?? it));
  for (const it of tpch) printTpch(it);
  console.log(`\ncolumn lineage of ${N_MODELS} models`);
  const lineage = lineageCost(N_MODELS);
  console.log(`  ${lineage.nColumns} columns, ${lineage.nWithoutInputs} of them made from no column`);
  console.log(`  cold ${lineage.coldSeconds.toFixed(2)} s, of which SQL ${lineage.sqlSeconds.toFixed(2)} s`);
  print(lineage.edits, `${lineage.nAffected} models changed`);
  console.log(JSON.stringify({ benchmark: 'sql', query, tpch, lineage }));
}

void measure();
