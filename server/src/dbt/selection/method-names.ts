/** The methods of dbt's selection language. */
const METHODS: ReadonlySet<string> = new Set(
  [
    'fqn tag group access source path file package config test_name test_type resource_type state exposure metric',
    'result source_status version semantic_model saved_query unit_test',
  ].flatMap(line => line.split(' ')),
);

/** Whether there is a method of a name. */
export const isMethod = (name: string): boolean => METHODS.has(name);
