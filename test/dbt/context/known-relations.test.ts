import { describe, expect, test } from 'vitest';
import { KnownRelations } from '../../../server/src/dbt/context/known-relations.ts';
import { Relation, relationState } from '../../../server/src/dbt/context/relation.ts';

const relation = (identifier: string, schema = 'main'): Relation =>
  new Relation(relationState('postgres', { database: 'shop', schema, identifier, type: 'table' }));

const names = (known: KnownRelations): readonly string[] | undefined => {
  const relations = known.get('shop', 'main');
  return relations && [...relations.keys()];
};

describe('the relations that are known', () => {
  test('follow what is added and dropped, each name once', () => {
    const known = new KnownRelations();
    known.set('shop', 'main', [relation('a'), relation('b')]);
    known.drop(relation('a'));
    known.add(relation('b'));
    known.add(relation('c'));
    expect(names(known)).toEqual(['b', 'c']);
  });

  test('hold nothing of a schema that was never asked for', () => {
    const known = new KnownRelations();
    known.add(relation('a'));
    expect(names(known)).toBeUndefined();
  });

  test('take over what happened elsewhere, and may hear it twice', () => {
    const [here, there] = [new KnownRelations(), new KnownRelations()];
    here.set('shop', 'main', [relation('old')]);
    there.set('shop', 'main', [relation('old')]);
    here.drop(relation('old'));
    here.add(relation('new'));
    const changes = here.takeChanges();
    for (const change of [...changes, ...changes]) there.apply(change);
    expect(names(there)).toEqual(['new']);
    expect(here.takeChanges()).toEqual([]);
  });

  test('are forgotten everywhere when anything may have changed', () => {
    const [here, there] = [new KnownRelations(), new KnownRelations()];
    for (const known of [here, there]) known.set('shop', 'main', [relation('a')]);
    here.forget();
    for (const change of here.takeChanges()) there.apply(change);
    expect([names(here), names(there)]).toEqual([undefined, undefined]);
  });
});
