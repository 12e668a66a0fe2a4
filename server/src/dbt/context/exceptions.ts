import { toText, repr } from '../../render/python/text.ts';
import { List, type Value } from '../../render/value.ts';
import { DbtError } from './dbt-error.ts';
import { entryOf } from './dict-entry.ts';
import { hostFunction, HostRecord, type HostCall } from './host-function.ts';
import { Relation } from './relation.ts';
import type { RenderSession } from './render-session.ts';

/** The namespace `exceptions`: what macros raise and warn with. */
export function exceptionsNamespace(session: RenderSession): HostRecord {
  const raising = (name: string, errorClass: string, prefix = ''): Value =>
    hostFunction(name, ['msg', ['node', null]], call => {
      throw new DbtError(errorClass, prefix + toText(call.at(0)), 'raised-by-template');
    });
  return new HostRecord('ExceptionsNamespace', {
    raise_compiler_error: raising('raise_compiler_error', 'CompilationError'),
    raise_not_implemented: raising('raise_not_implemented', 'CompilationError', 'ERROR: '),
    raise_database_error: raising('raise_database_error', 'DbtDatabaseError'),
    raise_dependency_error: raising('raise_dependency_error', 'DependencyError'),
    raise_fail_fast_error: raising('raise_fail_fast_error', 'FailFastError'),
    raise_parsing_error: raising('raise_parsing_error', 'ParsingError'),
    warn: hostFunction('warn', ['msg', ['node', null]], call => {
      session.say('warn', toText(call.at(0)));
      return '';
    }),
    missing_config: hostFunction('missing_config', ['model', 'name'], call => missingConfig(session, call)),
    missing_materialization: hostFunction('missing_materialization', ['model', 'adapter_type'], call => {
      const materialization = toText(session.node.config.get('materialized') as Value);
      return fail(
        `No materialization '${materialization}' was found for adapter ${toText(call.at(1))}! (searched types 'default' and '${toText(call.at(1))}')`,
      );
    }),
    missing_relation: hostFunction('missing_relation', ['relation', ['model', null]], call =>
      fail(`Relation ${toText(call.at(0))} not found!`),
    ),
    relation_wrong_type: hostFunction('relation_wrong_type', ['relation', 'expected_type', ['model', null]], wrongType),
    raise_contract_error: hostFunction('raise_contract_error', ['yaml_columns', 'sql_columns'], contractError),
    column_type_missing: hostFunction('column_type_missing', ['column_names'], call =>
      fail(
        `Contracted models require data_type to be defined for each column.  Please ensure that the column name and data_type are defined within the YAML configuration for the ${repr(call.at(0))} column(s).`,
      ),
    ),
  });
}

function fail(message: string): never {
  throw new DbtError('CompilationError', message, 'raised-by-template');
}

function missingConfig(session: RenderSession, call: HostCall): never {
  return fail(`Model '${session.node.uniqueId}' does not define a required config parameter '${toText(call.at(1))}'.`);
}

function wrongType(call: HostCall): never {
  const relation = call.at(0);
  const type = relation instanceof Relation ? (relation.state.type ?? 'None') : 'None';
  return fail(
    `Trying to create ${toText(call.at(1))} ${toText(relation)}, but it currently exists as a ${type}. ` +
      `Either drop ${toText(relation)} manually, or run dbt with \`--full-refresh\` and dbt will drop it for you.`,
  );
}

function contractError(call: HostCall): never {
  const [declared, found] = [typesByName(call.at(0)), typesByName(call.at(1))];
  const names = [...new Set([...declared.keys(), ...found.keys()])].toSorted();
  const rows = names.flatMap(name => {
    const [contract, definition] = [declared.get(name), found.get(name)];
    if (contract === definition) return [];
    const reason =
      definition === undefined
        ? 'missing in definition'
        : contract === undefined
          ? 'missing in contract'
          : 'data type mismatch';
    return [[name, definition ?? '', contract ?? '', reason]];
  });
  return fail(
    'This model has an enforced contract that failed.\n' +
      "Please ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.\n\n" +
      textTable([['column_name', 'definition_type', 'contract_type', 'mismatch_reason'], ...rows]),
  );
}

/** The types of columns by their names, from what `format_columns` made of them. */
function typesByName(columns: Value): ReadonlyMap<string, string> {
  const items = columns instanceof List ? columns.items : [];
  return new Map(
    items.map(item => [toText(entryOf(item, 'name') ?? ''), toText(entryOf(item, 'data_type') ?? '')] as const),
  );
}

/** Rows with bars between the columns, the first row over a line. */
function textTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [header = [], ...body] = rows;
  return [line(header), line(widths.map(width => '-'.repeat(width))), ...body.map(line)].join('\n');
}
