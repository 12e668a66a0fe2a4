import type { Offset } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId } from '../render/rendered.ts';
import { cteSymbols } from './sql-symbols.ts';

/** What is offered above a line: to run, look at or test what stands there, or to see what it is connected with. */
export type LensAction = 'preview-data' | 'run' | 'build' | 'test' | 'preview-cte' | 'lineage';

/** A command offered above the line of an offset. */
export interface CodeLens {
  readonly offset: Offset;
  readonly action: LensAction;
  readonly title: string;
}

/** The commands above a SQL file and above each CTE that is written in it. */
export function codeLenses(db: ModelDb, file: FileId): readonly CodeLens[] {
  const [first] = db.nodesOfFile(file);
  const type = first === undefined ? undefined : db.node(first)?.resourceType;
  if (first === undefined || type === undefined || !file.endsWith('.sql')) return [];
  const above = (ACTIONS[type] ?? []).flatMap(action => lensFor(db, first, action));
  const ctes = cteSymbols(db, file).map(({ selection, name }): CodeLens => {
    return { offset: selection.start, action: 'preview-cte', title: `Preview ${name}` };
  });
  return [...above, ...ctes];
}

const ACTIONS: Readonly<Record<string, readonly LensAction[]>> = {
  model: ['preview-data', 'run', 'build', 'test', 'lineage'],
  snapshot: ['preview-data', 'build', 'test', 'lineage'],
  analysis: ['preview-data', 'lineage'],
  test: ['preview-data', 'test', 'lineage'],
  sql_operation: ['preview-data'],
};

function lensFor(db: ModelDb, uniqueId: UniqueId, action: LensAction): readonly CodeLens[] {
  const { parents, children } = db.lineage();
  const below = children.get(uniqueId) ?? [];
  const tests = below.filter(it => isTest(db, it)).length;
  const isModel = db.node(uniqueId)?.resourceType !== 'test';
  // A model without tests has nothing to test.
  if (action === 'test' && isModel && tests === 0) return [];
  const titles: Readonly<Record<LensAction, string>> = {
    'preview-data': 'Preview Data',
    'preview-cte': 'Preview',
    run: 'Run',
    build: 'Build',
    test: isModel ? `Test (${tests})` : 'Test',
    lineage: lineageTitle(parents.get(uniqueId)?.length ?? 0, below.length - tests, isModel),
  };
  return [{ offset: 0, action, title: titles[action] }];
}

const isTest = (db: ModelDb, uniqueId: UniqueId): boolean => {
  const type = db.node(uniqueId)?.resourceType;
  return type === 'test' || type === 'unit_test';
};

function lineageTitle(nParents: number, nChildren: number, hasChildren: boolean): string {
  const above = `${nParents} upstream`;
  return hasChildren ? `${above} · ${nChildren} downstream` : above;
}
