import { type Callable, Dict, HostObject, type Value } from '../../render/value.ts';
import { hostFunction, optionalText, type HostCall } from './host-function.ts';
import { KIND_CONSTANTS, policyFrom, Relation, relationState } from './relation.ts';
import type { QuotePolicy } from '../manifest/relation.ts';

/** `api.Relation`: makes relations from their parts, quoted as the project quotes. */
export class RelationClass extends HostObject {
  readonly typeName = 'type';
  readonly #adapterType: string;
  readonly #quote: QuotePolicy;
  constructor(adapterType: string, quote: QuotePolicy) {
    super();
    this.#adapterType = adapterType;
    this.#quote = quote;
  }

  override attribute(name: string): Value | undefined {
    if (name === 'create') return hostFunction('create', PARAMETERS, call => this.#create(call), { named: true });
    return KIND_CONSTANTS.get(name);
  }

  override callable(): Callable {
    return hostFunction('Relation', PARAMETERS, call => this.#create(call), { named: true });
  }

  #create(call: HostCall): Relation {
    const [database, schema, identifier, type] = ['database', 'schema', 'identifier', 'type'].map((part, index) =>
      optionalText(call.at(index), part),
    );
    const quoted = call.named.get('quote_policy');
    const included = call.named.get('include_policy');
    const state = relationState(this.#adapterType, { database, schema, identifier, type, quote: this.#quote });
    return new Relation({
      ...state,
      ...(quoted instanceof Dict ? { quote: policyFrom(state.quote, quoted) } : {}),
      ...(included instanceof Dict ? { include: policyFrom(state.include, included) } : {}),
    });
  }

  repr(): string {
    return '<class Relation>';
  }
}

const PARAMETERS = [
  ['database', null],
  ['schema', null],
  ['identifier', null],
  ['type', null],
] as const;
