/** A word of dbt's Jinja with a few words on what it is for. */
export interface Word {
  readonly label: string;
  readonly detail: string;
}

const words = (entries: Readonly<Record<string, string>>): readonly Word[] =>
  Object.entries(entries).map(([label, detail]) => ({ label, detail }));

/** The functions and variables that dbt puts into every template. */
export const contextFunctions: readonly Word[] = words({
  ref: 'the relation of a model, seed or snapshot',
  source: "the relation of a source's table",
  config: "sets this model's configuration",
  var: 'a variable of the project or the command line',
  env_var: 'an environment variable',
  this: 'the relation of this model',
  target: 'the target in use',
  is_incremental: 'whether only new rows are wanted',
  execute: 'false while the project is being read',
  adapter: "the warehouse's functions",
  api: 'classes: Relation and Column',
  run_query: 'runs a query and answers its rows',
  statement: 'runs SQL in a call block',
  load_result: 'the result of a statement block',
  return: 'ends a macro with a value',
  log: 'writes to the log',
  print: 'prints while running',
  exceptions: 'raises errors and warnings',
  modules: 'datetime, pytz, re, itertools',
  graph: 'all nodes of the project',
  model: 'this node as data',
  invocation_id: "this run's id",
  run_started_at: 'when the run started',
  namespace: 'an object whose attributes loops can set',
  range: 'numbers from, to, step',
  fromjson: 'reads JSON',
  tojson: 'writes JSON',
  fromyaml: 'reads YAML',
  toyaml: 'writes YAML',
  local_md5: 'the MD5 of a text',
  doc: 'a docs block, in descriptions',
  caller: 'the body of a call block',
  loop: 'the state of the loop around',
  dbt: 'cross-database macros',
});

/** What can begin a `{% … %}`. */
export const statementKeywords: readonly Word[] = words({
  if: 'condition',
  elif: 'another condition',
  else: 'otherwise',
  endif: 'ends if',
  for: 'loop',
  endfor: 'ends for',
  set: 'names a value or a block of text',
  endset: 'ends set',
  do: 'evaluates for its effect',
  macro: 'defines a macro',
  endmacro: 'ends macro',
  call: 'calls a macro with a body',
  endcall: 'ends call',
  filter: 'filters a block',
  endfilter: 'ends filter',
  raw: 'text without Jinja',
  endraw: 'ends raw',
  test: 'defines a generic test',
  endtest: 'ends test',
  snapshot: 'defines a snapshot',
  endsnapshot: 'ends snapshot',
  materialization: 'defines a materialization',
  endmaterialization: 'ends materialization',
  docs: 'a block of documentation',
  enddocs: 'ends docs',
});

/** The members of the objects that dbt provides. */
export const objectMembers: ReadonlyMap<string, readonly Word[]> = new Map(
  Object.entries({
    target: words({
      name: 'of the target',
      type: "the adapter's",
      schema: 'default schema',
      database: 'default database',
      threads: 'how many nodes at once',
      profile_name: 'of the profile',
    }),
    this: words({
      database: 'of this relation',
      schema: 'of this relation',
      identifier: 'of this relation',
      name: 'of this relation',
      table: 'of this relation',
    }),
    config: words({
      get: 'a value, or a default',
      require: 'a value that must be set',
      set: 'sets a value',
      persist_relation_docs: 'whether comments go to relations',
      persist_column_docs: 'whether comments go to columns',
    }),
    adapter: words({
      dispatch: "a macro's implementation for this adapter",
      get_relation: 'a relation, or none',
      get_columns_in_relation: 'the columns of a relation',
      quote: 'a quoted identifier',
      create_schema: 'creates a schema',
      drop_schema: 'drops a schema',
      drop_relation: 'drops a relation',
      rename_relation: 'renames a relation',
      get_missing_columns: 'columns of one relation that another lacks',
      expand_target_column_types: 'widens text columns',
      check_schema_exists: 'whether a schema exists',
      type: "the adapter's type",
    }),
    api: words({ Relation: 'create, incorporate …', Column: 'names and types' }),
    exceptions: words({
      raise_compiler_error: 'stops with an error',
      warn: 'warns',
      raise_not_implemented: 'says that something is not supported',
    }),
    modules: words({ datetime: "Python's", pytz: 'time zones', re: 'regular expressions', itertools: 'iterators' }),
    loop: words({
      index: 'from 1',
      index0: 'from 0',
      revindex: 'to the end, from 1',
      first: 'in the first round',
      last: 'in the last round',
      length: 'number of rounds',
      previtem: 'item before',
      nextitem: 'item after',
      cycle: 'one of several, in turn',
      changed: 'whether the value is another',
    }),
  }),
);
