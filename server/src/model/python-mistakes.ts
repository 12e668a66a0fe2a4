/** What dbt asks of the shape of a Python model: one function `model` of two parameters. In its words, all at once. */
export function pythonMistake(code: string): string | undefined {
  if (code.trim() === '') return undefined;
  const models = [...code.matchAll(/^[ \t]*def[ \t]+model[ \t]*\(([^)]*)\)/gm)];
  if (models.length !== 1) return `dbt allows exactly one model defined per python file, found ${models.length}`;
  const parameters = (models[0]?.[1] ?? '').split(',').flatMap(it => it.split(/[:=]/, 1)[0]?.trim() || []);
  const wrong = [
    parameters.length > 0 && parameters[0] !== 'dbt' ? "'dbt' not provided for model as the first argument" : '',
    parameters.length === 2 ? '' : 'model function should have two args, `dbt` and a session to current warehouse',
  ].filter(it => it !== '');
  return wrong.length === 0 ? undefined : wrong.join('\n');
}
