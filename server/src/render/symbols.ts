import { bug } from '../base/bug.ts';

/** How a variable gets its first value when its scope is entered. */
export type Load =
  | { readonly kind: 'parameter' }
  /** From the context, by name. */
  | { readonly kind: 'resolve'; readonly name: string }
  /** From the variable of an outer scope. */
  | { readonly kind: 'alias'; readonly of: string }
  | { readonly kind: 'undefined' };

/**
 * The names of one scope, decided when the template is compiled: which variable each name stands for, and how the
 * variable is loaded. The order in which a scope's names are stored and loaded decides both, so `load` and `store` are
 * to be called in Jinja's order of visiting.
 */
export class Symbols {
  readonly level: number;
  readonly parent: Symbols | undefined;
  readonly variables: Map<string, string>;
  readonly loads: Map<string, Load>;
  readonly stores: Set<string>;

  constructor(parent: Symbols | undefined, copyOf?: Symbols) {
    this.parent = parent;
    this.level = copyOf?.level ?? (parent === undefined ? 0 : parent.level + 1);
    this.variables = new Map(copyOf?.variables);
    this.loads = new Map(copyOf?.loads);
    this.stores = new Set(copyOf?.stores);
  }

  /** The variable a name stands for here. */
  find(name: string): string | undefined {
    return this.variables.get(name) ?? this.parent?.find(name);
  }

  /** The load of a variable of this scope or one around it. */
  findLoad(variable: string): Load | undefined {
    return this.loads.get(variable) ?? this.parent?.findLoad(variable);
  }

  declareParameter(name: string): string {
    this.stores.add(name);
    return this.define(name, PARAMETER);
  }

  store(name: string): void {
    this.stores.add(name);
    if (this.variables.has(name)) return;
    const outer = this.parent?.find(name);
    this.define(name, outer === undefined ? UNDEFINED : { kind: 'alias', of: outer });
  }

  load(name: string): void {
    if (this.find(name) === undefined) this.define(name, { kind: 'resolve', name });
  }

  /** A copy whose changes do not reach this scope: one branch of an `if`. */
  branch(): Symbols {
    return new Symbols(this.parent, this);
  }

  /** Takes over what the branches of an `if` found. A name that only some of them store keeps its outer value. */
  merge(branches: readonly Symbols[]): void {
    const stored = new Set<string>();
    for (const branch of branches) {
      for (const name of branch.stores) if (!this.stores.has(name)) stored.add(name);
    }
    for (const branch of branches) {
      for (const [name, variable] of branch.variables) this.variables.set(name, variable);
      for (const [variable, load] of branch.loads) this.loads.set(variable, load);
      for (const name of branch.stores) this.stores.add(name);
    }
    for (const name of stored) {
      const variable = this.find(name) ?? bug('a stored name has no variable', { name });
      const outer = this.parent?.find(name);
      this.loads.set(variable, outer === undefined ? { kind: 'resolve', name } : { kind: 'alias', of: outer });
    }
  }

  /** All names stored in this scope and around it with their variables, innermost first. */
  allStores(): ReadonlyMap<string, string> {
    const stores = new Map<string, string>();
    for (const name of this.stores) stores.set(name, this.find(name) ?? bug('a stored name has no variable', { name }));
    for (const [name, variable] of this.parent?.allStores() ?? []) {
      if (!stores.has(name)) stores.set(name, variable);
    }
    return stores;
  }

  private define(name: string, load: Load): string {
    const variable = `${this.level}_${name}`;
    this.variables.set(name, variable);
    this.loads.set(variable, load);
    return variable;
  }
}

const PARAMETER: Load = { kind: 'parameter' };
const UNDEFINED: Load = { kind: 'undefined' };
