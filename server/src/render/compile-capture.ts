import { toText } from './python/text.ts';
import { GO_ON } from './engine.ts';
import type { Environment, Evaluate, Execute, Signal, Site } from './engine.ts';
import type { Compilation } from './compilation.ts';
import { newSink, sinkValue } from './sink.ts';
import { Markup } from './value.ts';

/** A body whose output is a value. */
export interface Capture {
  /** Runs the body; when it leaves a loop, there is no value. */
  readonly run: (environment: Environment) => Signal;
  /** The value of what the last run captured; an error of joining it belongs to `site`. */
  readonly join: (site: Site) => Evaluate;
}

/** Captures the output of a body. */
export function compileCapture({ mode }: Compilation, body: Execute): Capture {
  return {
    run: environment => {
      const { engine } = environment;
      const outer = engine.sink;
      const sink = newSink(mode);
      engine.sink = sink;
      const signal = body(environment);
      engine.sink = outer;
      if (signal === GO_ON) environment.captured = sink;
      return signal;
    },
    join: site => environment => {
      environment.engine.site = site;
      const value = environment.captured === undefined ? '' : sinkValue(environment.captured);
      return environment.context.autoescape ? new Markup(toText(value)) : value;
    },
  };
}
