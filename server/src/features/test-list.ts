import type { TestNode, UniqueId, UnitTestNode } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { Origin } from '../render/rendered.ts';

/** A test as a list shows it: what it checks, and what it is about. */
export interface TestItem {
  readonly uniqueId: UniqueId;
  readonly label: string;
  readonly kind: 'generic' | 'singular' | 'unit';
  readonly subject: { readonly uniqueId: UniqueId; readonly name: string } | undefined;
  readonly place: Origin | undefined;
}

/** Every enabled test of the project, sorted by what it is about and then by what it checks. */
export function testList(db: ModelDb): readonly TestItem[] {
  const { nodes, unitTests } = db.manifest();
  const tests = [...nodes.values()].filter(it => it.resourceType === 'test').map(it => dataTest(db, it));
  const all = [...tests, ...[...unitTests.values()].map(it => unitTest(db, it))];
  const key = (item: TestItem): string => `${item.subject?.name ?? ''} ${item.label}`;
  return all.toSorted((a, b) => key(a).localeCompare(key(b), 'en'));
}

function dataTest(db: ModelDb, test: TestNode): TestItem {
  const { uniqueId, testMetadata, columnName, attachedNode } = test;
  const place = placeOf(db, uniqueId);
  if (testMetadata === undefined) {
    const [only, ...others] = test.dependsOn.nodes;
    const subject = others.length === 0 ? subjectOf(db, only) : undefined;
    return { uniqueId, label: test.name, kind: 'singular', subject, place };
  }
  const label = columnName === undefined ? testMetadata.name : `${testMetadata.name} ${columnName}`;
  return { uniqueId, label, kind: 'generic', subject: subjectOf(db, attachedNode ?? test.dependsOn.nodes[0]), place };
}

function unitTest(db: ModelDb, test: UnitTestNode): TestItem {
  const { uniqueId, name, testedNode } = test;
  return { uniqueId, label: name, kind: 'unit', subject: subjectOf(db, testedNode), place: placeOf(db, uniqueId) };
}

function subjectOf(db: ModelDb, uniqueId: UniqueId | undefined): TestItem['subject'] {
  const node = uniqueId === undefined ? undefined : db.node(uniqueId);
  if (node === undefined) return undefined;
  const name = node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name;
  return { uniqueId: node.uniqueId, name };
}

function placeOf(db: ModelDb, uniqueId: UniqueId): Origin | undefined {
  const places = db.places(uniqueId);
  return places?.name ?? places?.declaration;
}
