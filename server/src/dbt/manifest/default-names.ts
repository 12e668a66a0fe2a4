/** What the naming macros are given for one node. */
export interface NamingFacts {
  readonly name: string;
  readonly version: string | number | undefined;
  readonly custom: {
    readonly database: string | undefined;
    readonly schema: string | undefined;
    readonly alias: string | undefined;
  };
  readonly target: { readonly database: string | undefined; readonly schema: string };
}

/**
 * The names that dbt's own `generate_database_name`, `generate_schema_name` and `generate_alias_name` give, for projects
 * that override none of them: most nodes of most projects, without rendering a template for each.
 */
export function defaultNames({ name, version, custom, target }: NamingFacts) {
  const versioned = version === undefined ? name : `${name}_v${String(version).replaceAll('.', '_')}`;
  return {
    database: isGiven(custom.database) ? custom.database.trim() : target.database,
    schema: custom.schema === undefined ? target.schema : `${target.schema}_${custom.schema.trim()}`,
    alias: isGiven(custom.alias) ? custom.alias.trim() : versioned,
  };
}

const isGiven = (text: string | undefined): text is string => text !== undefined && text !== '';

/** Whether a macro takes part in naming, other than dbt's own defaults. */
export const isNamingMacro = (name: string): boolean =>
  /^(?:.+__)?generate_(?:database|schema|alias)_name(?:_for_env)?$/.test(name);
