import { PythonError } from '../../render/python/error.ts';

/**
 * An error that dbt's own functions raise: dbt's exception class and message, and a stable code for the editor's
 * problem list. `CompilationError` is the class of most.
 */
export class DbtError extends PythonError {
  constructor(errorClass: string, message: string, code: string) {
    super(errorClass, message, code);
  }
}

/** The warehouse refused a statement of a template: what was sent and where in it the fault lies. */
export class StatementRefused extends PythonError {
  readonly sql: string;
  readonly position: number | undefined;
  constructor(message: string, sql: string, position: number | undefined) {
    super('DbtDatabaseError', message, 'statement-refused');
    this.sql = sql;
    this.position = position;
  }
}

/** Raises dbt's `CompilationError`. */
export function compilationError(message: string, code: string): never {
  throw new DbtError('CompilationError', message, code);
}
