import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, open, openWith, positionOf, printed, problemsAt } from './documents.ts';

suite('language features', () => {
  teardown(closeAll);

  test('the extension is active and the server answers', async () => {
    const extension = vscode.extensions.getExtension('sluice.sluice');
    assert.ok(extension);
    await extension.activate();
    const { document } = await open('models/marts/core/fact_product_funnel.sql');
    const hover = await hoverAt(document, "int_product_funnel'");
    assert.match(hover, /One row per session and funnel step/);
  });

  test('ref completes the names of models, seeds and snapshots', async () => {
    const text = "select * from {{ ref('') }}";
    const { document } = await openWith('models/staging/stg_users.sql', text);
    const labels = await completionsAt(document, positionOf(document, "'')", 1), 'int_sessions');
    for (const name of ['fact_product_funnel', 'stg_events', 'events']) {
      assert.ok(labels.includes(name), `no ${name} among ${labels.join(', ')}`);
    }
  });

  test('a misspelt ref is a problem of exactly the name, and names the nearest model', async () => {
    const { document } = await openWith('models/staging/stg_users.sql', "select * from {{ ref('fact_ordrs') }}\n");
    const [problem] = await problemsAt(document, 'fact_ordrs');
    assert.ok(problem);
    assert.match(problem.message, /fact_orders/);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.isDirty, true);
  });

  test('the problem is gone as soon as the name is right', async () => {
    const { document } = await openWith('models/staging/stg_users.sql', "select * from {{ ref('fact_ordrs') }}\n");
    await problemsAt(document, 'fact_ordrs');
    await openWith('models/staging/stg_users.sql', "select * from {{ ref('fact_orders') }}\n");
    await problemsAt(document);
  });

  test('a ref goes to the model file', async () => {
    const { document } = await open('models/marts/core/fact_product_funnel.sql');
    const at = positionOf(document, "int_product_funnel'", 3);
    const found = await eventually(
      () =>
        vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
          'vscode.executeDefinitionProvider',
          document.uri,
          at,
        ),
      all => all.length > 0,
    );
    const [target] = found.map(it => ('targetUri' in it ? it.targetUri : it.uri));
    assert.match(target?.path ?? '', /models\/marts\/core\/int_product_funnel\.sql$/);
  });

  test('references of a model are found in every file that refs it', async () => {
    const { document } = await open('models/marts/core/fact_product_funnel.sql');
    const found = await eventually(
      () =>
        vscode.commands.executeCommand<vscode.Location[]>(
          'vscode.executeReferenceProvider',
          document.uri,
          positionOf(document, "int_product_funnel'", 3),
        ),
      all => all.length > 1,
    );
    const files = new Set(found.map(it => it.uri.path.split('/').at(-1)));
    for (const name of ['fact_product_funnel.sql', 'fact_funnel_conversion.sql']) {
      assert.ok(files.has(name), `not in ${name}: ${[...files].join(', ')}`);
    }
  });

  test('the project as it is has no problems', async () => {
    const { document } = await open('models/marts/core/fact_product_funnel.sql');
    // Once the project answers, its problems are on their way too.
    await hoverAt(document, "int_product_funnel'");
    const found = await eventually(
      () => vscode.languages.getDiagnostics().filter(([, problems]) => problems.length > 0),
      all => all.length === 0,
    );
    assert.deepEqual(found, []);
  });

  test('a template that does not parse is a problem at its place', async () => {
    const { document } = await openWith('models/staging/stg_users.sql', 'select\n  {{ 1 + }} as a\n');
    const [problem] = await eventually<readonly vscode.Diagnostic[]>(
      () => vscode.languages.getDiagnostics(document.uri),
      all => all.length > 0,
    );
    assert.ok(problem);
    assert.equal(problem.range.start.line, 1, printed(problem.range));
  });
});

async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await eventually(
    () =>
      vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        positionOf(document, text, 2),
      ),
    all => all.length > 0,
  );
  return hovers
    .flatMap(it => it.contents)
    .map(it => (typeof it === 'string' ? it : it.value))
    .join('\n');
}

async function completionsAt(
  document: vscode.TextDocument,
  at: vscode.Position,
  wanted: string,
): Promise<readonly string[]> {
  return eventually<readonly string[]>(
    async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        at,
      );
      return list.items.map(it => (typeof it.label === 'string' ? it.label : it.label.label));
    },
    labels => labels.includes(wanted),
  );
}
