/** Why something that was asked for cannot be done: in words for a person, and the exception that dbt stops with. */
export interface Refusal {
  readonly message: string;
  readonly dbt: { readonly class: string; readonly message: string };
}

/** A method that there is not. */
export const unknownMethod = (name: string): Refusal =>
  runtimeRefusal(`'${name}' is not a valid method name`, 'InvalidSelectorError');

/** A refusal that dbt takes for a mistake of its own. */
export function internalRefusal(message: string): Refusal {
  return { message, dbt: { class: 'DbtInternalError', message: `Internal Error\n  ${message}` } };
}

/** A refusal that dbt raises as a `DbtRuntimeError` or a kind of it. */
export function runtimeRefusal(message: string, errorClass = 'DbtRuntimeError'): Refusal {
  return { message, dbt: { class: errorClass, message: `Runtime Error\n  ${message.replaceAll('\n', '\n  ')}` } };
}
