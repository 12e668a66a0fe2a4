import { returnFunction } from '../../server/src/render/macro-return.ts';
import { macroCallable, macrosIn } from '../../server/src/render/macro.ts';
import { render, renderNative } from '../../server/src/render/render.ts';
import type { Fuel, NativeRendered, RenderContext } from '../../server/src/render/render.ts';
import type { Rendered } from '../../server/src/render/rendered.ts';
import { List } from '../../server/src/render/value.ts';
import type { Value } from '../../server/src/render/value.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';

export const FILE = 'models/a.sql';
export const MACRO_FILE = 'macros/m.sql';

export interface Surroundings {
  /** The text of a file whose macros the template can call. */
  readonly macros?: string;
  readonly values?: Readonly<Record<string, Value>>;
  readonly fuel?: Fuel;
}

/** Renders a template of `models/a.sql` with the variables `a`, `b` and `items`, and the macros of a second file. */
export function rendered(text: string, surroundings: Surroundings = {}): Rendered {
  const { fuel } = surroundings;
  const context = contextWith(surroundings);
  return render({ template: parseJinja(text), file: FILE, context, ...(fuel === undefined ? {} : { fuel }) });
}

/** The same for a YAML value. */
export function nativeValue(text: string, surroundings: Surroundings = {}): NativeRendered {
  return renderNative({
    template: parseJinja(text),
    file: FILE,
    context: contextWith(surroundings),
    flavour: 'native',
  });
}

function contextWith({ macros, values }: Surroundings): RenderContext {
  const names = new Map<string, Value>([
    ['a', 'A'],
    ['b', 'B b'],
    ['items', new List([1, 2])],
    ['return', returnFunction],
    ...Object.entries(values ?? {}),
  ]);
  const context: RenderContext = { lookup: name => names.get(name) };
  if (macros !== undefined) {
    const template = parseJinja(macros);
    for (const macro of macrosIn(template, MACRO_FILE)) {
      names.set(
        macro.name,
        macroCallable(macro, () => context),
      );
    }
  }
  return context;
}

/** A rendering with the origin of each stretch: one line a segment. */
export function withOrigins({ text, segments }: Rendered, sources: Readonly<Record<string, string>>): string {
  return segments
    .map(({ start, end, origin, kind, frame }) => {
      const from = origin === undefined ? '-' : JSON.stringify(sources[origin.file]?.slice(origin.start, origin.end));
      const via = frame === undefined ? '' : ` in ${frame.macro}`;
      return `${kind} ${JSON.stringify(text.slice(start, end))} <- ${from}${via}`;
    })
    .join('\n');
}
