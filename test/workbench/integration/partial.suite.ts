import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { closeAll, eventually, open, positionOf, root } from './documents.ts';

/** A file that is broken on disk while a test runs. */
let broken: { readonly file: string; readonly text: string } | undefined;

suite('a project that is broken in one place', () => {
  teardown(async () => {
    if (broken !== undefined) writeFileSync(broken.file, broken.text);
    broken = undefined;
    await closeAll();
    // The next test begins when the project is whole again.
    await open('models/marts/core/fact_product_funnel.sql');
    await eventually(
      () => vscode.languages.getDiagnostics().filter(([, problems]) => problems.length > 0),
      all => all.length === 0,
    );
    await closeAll();
  });

  test('dbt_project.yml that is no YAML: a problem at its line, and refs still go to their models', async () => {
    breakFile('dbt_project.yml', text => text.replace('model-paths: ["models"]', 'model-paths: ["models"'));
    await problemIn('dbt_project.yml');
    await refStillWorks();
  });

  test('a properties file that is no YAML: a problem in it, and refs still go to their models', async () => {
    breakFile('models/staging/_staging.yml', text => `${text}\n  - name: [unfinished\n`);
    await problemIn('models/staging/_staging.yml');
    await refStillWorks();
  });

  test('a model that does not parse: a problem in it, and refs still go to their models', async () => {
    breakFile('models/staging/stg_promos.sql', text => `${text}\n{% if %}`);
    await problemIn('models/staging/stg_promos.sql');
    await refStillWorks();
  });

  test('a macro that does not parse: a problem in it, and refs still go to their models', async () => {
    breakFile('macros/funnel_steps.sql', text => text.replace('endmacro', 'endmacr'));
    await problemIn('macros/funnel_steps.sql');
    await refStillWorks();
  });
});

function breakFile(relative: string, change: (text: string) => string): void {
  const file = path.join(root(), relative);
  const text = readFileSync(file, 'utf8');
  const changed = change(text);
  assert.notEqual(changed, text);
  broken = { file, text };
  writeFileSync(file, changed);
}

async function problemIn(relative: string): Promise<void> {
  const uri = vscode.Uri.file(path.join(root(), relative));
  await eventually(
    () => vscode.languages.getDiagnostics(uri),
    all => all.some(it => it.severity === vscode.DiagnosticSeverity.Error),
  );
}

async function refStillWorks(): Promise<void> {
  const { document } = await open('models/marts/core/fact_product_funnel.sql');
  await eventually(
    () =>
      vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        positionOf(document, "int_product_funnel'", 3),
      ),
    all => all.length > 0,
  );
}
