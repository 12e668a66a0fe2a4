import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexByTemplate, rangeToTemplate, toRendered, toTemplate } from '../../server/src/render/source-map.ts';
import { templateText } from '../syntax/jinja/template-arbitrary.ts';
import { FILE, MACRO_FILE, rendered } from './rendering.ts';

describe('laws', () => {
  const check = (law: (text: string) => void): void => fc.assert(fc.property(templateText, law));

  test('segments tile the text', () => {
    check(text => {
      const result = rendered(text);
      expect(result.problem).toBeUndefined();
      let at = 0;
      for (const segment of result.segments) {
        expect(segment.start).toBe(at);
        expect(segment.end).toBeGreaterThan(segment.start);
        at = segment.end;
      }
      expect(at).toBe(result.text.length);
    });
  });

  test('a verbatim segment has the text of its origin', () => {
    check(text => {
      const result = rendered(text);
      for (const { kind, start, end, origin } of result.segments) {
        if (kind !== 'verbatim' || origin === undefined) continue;
        expect(result.text.slice(start, end)).toBe(text.slice(origin.start, origin.end));
      }
    });
  });

  test('from the template to the rendered text and back leads to the same character', () => {
    check(text => {
      const result = rendered(text);
      const index = indexByTemplate(result, FILE);
      for (let at = 0; at < text.length; at++) {
        for (const range of toRendered(index, at, 'after')) {
          const site = toTemplate(result, FILE, range.start, 'after');
          const places = [site?.callSite, site?.definitionSite].filter(place => place !== undefined);
          expect(places.some(place => place.start <= at && at < place.end)).toBe(true);
        }
      }
    });
  });

  test('every rendered character leads to a place of the template that leads back to it', () => {
    check(text => {
      const result = rendered(text);
      const index = indexByTemplate(result, FILE);
      for (let at = 0; at < result.text.length; at++) {
        const site = toTemplate(result, FILE, at, 'after');
        const place = site?.definitionSite ?? site?.callSite;
        expect(place).toBeDefined();
        const ranges = toRendered(index, place?.start ?? -1, 'after');
        expect(ranges.some(range => range.start <= at && at < range.end)).toBe(true);
      }
    });
  });
});

describe('the relation', () => {
  const ranges = (text: string, at: number, macros?: string): readonly string[] => {
    const result = rendered(text, macros === undefined ? {} : { macros });
    const index = indexByTemplate(result, FILE);
    return toRendered(index, at, 'after').map(range => result.text.slice(range.start, range.end));
  };

  test('a branch that is not taken and a comment are nowhere', () => {
    const text = '{% if not a %}no{% endif %}{# c #}yes';
    expect(ranges(text, text.indexOf('no'))).toEqual([]);
    expect(ranges(text, text.indexOf('c #'))).toEqual([]);
    expect(ranges(text, text.indexOf('yes'))).toEqual(['y']);
  });

  test('the body of a loop is in as many places as there are rounds', () => {
    const text = '{% for i in items %}x{{ i }}{% endfor %}';
    expect(ranges('{% for i in items %}x{% endfor %}', text.indexOf('x'))).toEqual(['x', 'x']);
    expect(ranges(text, text.indexOf('x'))).toEqual(['x', 'x']);
    expect(ranges(text, text.indexOf('{{') + 3)).toEqual(['1', '2']);
  });

  test('a call is all that its macro wrote', () => {
    const text = '{{ wrap() }}';
    expect(ranges(text, 4, '{% macro wrap() %}<{{ a }}>{% endmacro %}')).toEqual(['<A>']);
  });

  test('text of a macro leads to the call and to its definition', () => {
    const macros = '{% macro wrap() %}<{{ a }}>{% endmacro %}';
    const result = rendered('select {{ wrap() }}', { macros });
    expect(toTemplate(result, FILE, 7, 'after')).toMatchObject({
      callSite: { file: FILE, start: 10, end: 16 },
      definitionSite: { file: MACRO_FILE, start: macros.indexOf('<') },
    });
  });

  test('at a boundary the bias decides', () => {
    const result = rendered('ab{{ a }}');
    expect(toTemplate(result, FILE, 2, 'before')?.callSite).toEqual({ file: FILE, start: 2, end: 2 });
    expect(toTemplate(result, FILE, 2, 'after')?.callSite).toEqual({ file: FILE, start: 2, end: 9 });
    expect(toTemplate(result, FILE, 3, 'after')).toBeUndefined();
  });

  test('a range maps only when both ends are of one frame', () => {
    const macros = '{% macro wrap() %}<>{% endmacro %}';
    const result = rendered('ab{{ a }}cd{{ wrap() }}', { macros });
    expect(rangeToTemplate(result, { start: 1, end: 4 })).toEqual({ file: FILE, start: 1, end: 10 });
    expect(rangeToTemplate(result, { start: 1, end: 6 })).toBeUndefined();
  });
});
