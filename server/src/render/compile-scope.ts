import type { Scope } from './compilation.ts';
import type { Environment } from './engine.ts';

/** The code that gives a scope's variables their first values. */
export function compileEntry(scope: Scope): (environment: Environment) => void {
  const steps: ((environment: Environment) => void)[] = [];
  for (const [variable, load] of scope.symbols.loads) {
    const place = scope.fn.own(variable);
    switch (load.kind) {
      case 'parameter':
        break;
      case 'undefined':
        steps.push(environment => {
          environment.slots[place] = undefined;
        });
        break;
      case 'resolve':
        steps.push(environment => {
          environment.slots[place] = environment.context.resolve(load.name);
        });
        break;
      case 'alias': {
        const outer = scope.fn.locate(load.of);
        steps.push(environment => {
          environment.slots[place] = environment.outer(outer.depth).slots[outer.place];
        });
        break;
      }
      default:
        return load satisfies never;
    }
  }
  return environment => {
    for (const step of steps) step(environment);
  };
}

/** The code that forgets a scope's variables. */
export function compileExit(scope: Scope): (environment: Environment) => void {
  const places = [...scope.symbols.loads.keys()].map(variable => scope.fn.own(variable));
  return environment => {
    for (const place of places) environment.slots[place] = undefined;
  };
}
