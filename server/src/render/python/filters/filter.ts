import type { CallArguments, CallContext, UndefinedFlavour, Value } from '../../value.ts';

/** What a filter or test may ask about the rendering it runs in. */
export interface FilterContext {
  /** `native` when values keep their type (dbt's YAML rendering), `text` otherwise. */
  readonly mode: 'text' | 'native';
  /** Whether results that may hold markup are escaped and marked safe; dbt leaves this off. */
  readonly autoescape: boolean;
  /** The flavour of the undefineds that filters make. */
  readonly flavour: UndefinedFlavour;
  /** The call that reached the filter. */
  readonly call: CallContext;
}

/** A Jinja filter: what it makes of a value and the arguments in its parentheses. */
export interface Filter {
  readonly name: string;
  readonly apply: (value: Value, args: CallArguments, context: FilterContext) => Value;
}

/** A Jinja test: whether it holds for a value and the arguments in its parentheses. */
export interface JinjaTest {
  readonly name: string;
  readonly apply: (value: Value, args: CallArguments, context: FilterContext) => Value;
}

/** The body of a filter or test, before it has its name. */
export type Apply = Filter['apply'];
