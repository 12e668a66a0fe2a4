import { Callable, HostObject, type CallArguments, type CallContext, type HashKey, type Value } from '../../value.ts';
import { identityKey } from '../hash.ts';

/** A class of Python as a value: calling it makes an object, its attributes are class methods and constants. */
export class PyType extends HostObject {
  readonly typeName = 'type';
  readonly name: string;
  readonly #construct: Callable;
  readonly #attributes: (name: string) => Value | undefined;
  constructor(
    name: string,
    construct: (args: CallArguments, context: CallContext) => Value,
    attributes: (name: string) => Value | undefined = () => undefined,
  ) {
    super();
    this.name = name;
    this.#construct = new Callable(name, construct, { typeName: 'type' });
    this.#attributes = attributes;
  }

  override attribute(name: string): Value | undefined {
    return this.#attributes(name);
  }

  override callable(): Callable {
    return this.#construct;
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    return `<class '${this.name}'>`;
  }
}
