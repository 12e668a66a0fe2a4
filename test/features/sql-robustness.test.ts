import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnAt } from '../../server/src/features/column-lineage.ts';
import { completion } from '../../server/src/features/completion.ts';
import { definition } from '../../server/src/features/definition.ts';
import { hover } from '../../server/src/features/hover.ts';
import { inlayHints } from '../../server/src/features/inlay-hints.ts';
import { signatureHelp } from '../../server/src/features/signature-help.ts';
import { projectDb } from '../kit/project.ts';

const root = new URL('../../sample-project/', import.meta.url).pathname;
const files = new Map(
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(it => /^(models|macros|packages|dbt_project|profiles|analyses).*\.(sql|yml)$/.test(it))
    .map(it => [it, readFileSync(join(root, it), 'utf8')]),
);
const models = [...files.keys()].filter(it => it.startsWith('models/') && it.endsWith('.sql'));

test('a model that is cut off, or has lost a piece, crashes nothing, and what is offered replaces text at the cursor', () => {
  const db = projectDb({ files, cursor: undefined, marks: [], metadata: new Map() });
  const damage = fc.record({
    file: fc.constantFrom(...models),
    at: fc.nat(4000),
    lost: fc.constantFrom(0, 1, 5, 40, 100_000),
    typed: fc.constantFrom('', 'x', '.', 'a.', '(', "'", ',', '{{ ', '{% if ', '"', ' from ', '--'),
  });
  fc.assert(
    fc.property(damage, ({ file, at, lost, typed }) => {
      const whole = files.get(file) ?? '';
      const cut = at % (whole.length + 1);
      const text = whole.slice(0, cut) + typed + whole.slice(cut + lost);
      const offset = cut + typed.length;
      db.setFile(file, text);
      for (const { replace } of completion(db, { file, offset })) {
        expect(replace.start).toBeLessThanOrEqual(offset);
        expect(replace.end).toBeGreaterThanOrEqual(offset);
        expect(replace.end).toBeLessThanOrEqual(text.length);
      }
      hover(db, { file, offset });
      definition(db, { file, offset });
      signatureHelp(db, { file, offset });
      columnAt(db, { file, offset });
      inlayHints(db, file, { start: 0, end: text.length });
      for (const { origin } of db.problems(file)) {
        expect(origin.start).toBeLessThanOrEqual(origin.end);
        if (origin.file === file) expect(origin.end).toBeLessThanOrEqual(text.length);
      }
      db.setFile(file, whole);
    }),
    { numRuns: 50 },
  );
}, 60_000);

test('the sample project has no problem in its SQL', () => {
  const db = projectDb({ files, cursor: undefined, marks: [], metadata: new Map() });
  const found = models.flatMap(file => db.problems(file)).filter(it => it.code.startsWith('sql-'));
  expect(found).toEqual([]);
});
