import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatDocument, formatEdits, type FormatEdits } from '../../server/src/features/format.ts';
import { lexiconOf } from '../../server/src/syntax/sql/dialect.ts';
import { scanSql } from '../../server/src/syntax/sql/tokens.ts';
import { jinjaRanges } from '../../server/src/features/jinja-ranges.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';
import { readArchive } from '../conformance/dbt/archive.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const options = { tabSize: 4, insertSpaces: true };

function applied(text: string, answer: FormatEdits): string {
  if (answer.kind === 'refused') return text;
  return answer.edits
    .toReversed()
    .reduce((it, { range, newText }) => it.slice(0, range.start) + newText + it.slice(range.end), text);
}

/** Everything but white space. */
function tokensOf(text: string): readonly string[] {
  const jinja = jinjaRanges(parseJinja(text).tokens);
  return scanSql(text, lexiconOf('duckdb'), jinja)
    .filter(it => it.kind !== 'space')
    .map(it => text.slice(it.start, it.end).trimEnd());
}

describe('formatting a file of a project', () => {
  test('changes nothing but the white space between tokens', () => {
    const db = projectDb(parseFixture("select a,b from {{ ref('x') }} where a=1 -- why  \n"));
    const answer = formatDocument(db, 'models/main.sql', options);
    expect(applied(db.text('models/main.sql')!, answer)).toBe(
      "select\n    a,\n    b\nfrom\n    {{ ref('x') }}\nwhere\n    a = 1 -- why\n",
    );
    const isBlank = (text: string): boolean => text.trim() === '';
    expect(answer.kind === 'edits' && answer.edits.every(it => isBlank(it.newText))).toBe(true);
  });

  test('a selection leaves everything outside of it alone', () => {
    const fixture = parseFixture('with a as (select x,y from t)\n$0select x,y from a$0 where x=1\n');
    const db = projectDb(fixture);
    const answer = formatDocument(db, 'models/main.sql', options, fixture.cursor);
    expect(applied(fixture.files.get('models/main.sql')!, answer)).toBe(
      'with a as (select x,y from t)\nselect\n    x,\n    y\nfrom\n    a where x=1\n',
    );
  });

  test('a file of macros and a template that does not parse are refused with a reason', () => {
    const db = projectDb(
      parseFixture('//- macros/m.sql\n{% macro m() %}select 1{% endmacro %}\n//- models/a.sql\nselect {{ x\n'),
    );
    expect(formatDocument(db, 'macros/m.sql', options)).toMatchObject({ kind: 'refused' });
    expect(formatDocument(db, 'models/a.sql', options)).toMatchObject({
      kind: 'refused',
      reason: 'The Jinja of this file has a mistake; mend it first.',
    });
  });

  test('every template of the conformance projects keeps its tokens, and a second time changes nothing', () => {
    const wrong: string[] = [];
    let nLaidOut = 0;
    for (const text of conformanceTemplates()) {
      const answer = edits(text);
      if (answer.kind === 'refused') continue;
      nLaidOut += 1;
      const once = applied(text, answer);
      if (tokensOf(once).join('\n') !== tokensOf(text).join('\n')) wrong.push(`other tokens: ${text}`);
      if (applied(once, edits(once)) !== once) wrong.push(`changes again: ${text}`);
    }
    expect(wrong).toEqual([]);
    expect(nLaidOut).toBeGreaterThan(350);
  });
});

const edits = (text: string): FormatEdits => formatEdits(text, jinjaRanges(parseJinja(text).tokens), 'duckdb', options);

/** The SQL files of the conformance cases whose Jinja is well formed, each text once. */
function conformanceTemplates(): ReadonlySet<string> {
  const root = new URL('../conformance/dbt/cases/', import.meta.url).pathname;
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(it => it.endsWith('.txt'));
  const files = names.flatMap(it => [...readArchive(readFileSync(join(root, it), 'utf8'))]);
  const templates = files.flatMap(([path, text]) => (path.endsWith('.sql') ? [text] : []));
  return new Set(templates.filter(it => parseJinja(it).problems.length === 0));
}
