import type { Undefined } from '../value.ts';

/** An exception that Python would raise: its class and its `str()`. The evaluator turns it into a problem at a place. */
export class PythonError extends Error {
  readonly errorClass: string;
  /** The host's stable name of the mistake, for errors that its own functions raise. */
  readonly code: string | undefined;
  constructor(errorClass: string, message: string, code?: string) {
    super(message);
    this.name = errorClass;
    this.errorClass = errorClass;
    this.code = code;
  }
}

/** Raises Python's `errorClass(message)`. */
export function raise(errorClass: string, message: string): never {
  throw new PythonError(errorClass, message);
}

/** What every use of an undefined value does that Jinja does not allow. */
export function failUndefined(value: Undefined): never {
  throw new PythonError(value.errorClass, value.message);
}
