import { expect, test } from 'vitest';
import { MACRO_BLOCKS, scanBlocks } from '../../../server/src/syntax/jinja/blocks.ts';

const macrosOf = (text: string): readonly string[] =>
  scanBlocks(text, { allowed: MACRO_BLOCKS, withData: false }).blocks.map(block => `${block.type} ${block.name}`);

test('text that Jinja would reject is passed over between blocks', () => {
  expect(macrosOf('{{ open }} http://x {% macro a() %}1{% endmacro %} 50%} {% test t(m) %}{% endtest %}')).toEqual([
    'macro a',
    'test t',
  ]);
});

test('strings, comments and raw blocks hide closing tags', () => {
  const text = `{% macro a(x='{% endmacro %}') %}{# {% endmacro %} #}{% raw %}{% endmacro %}{% endraw %}!{% endmacro %}`;
  const [block] = scanBlocks(text).blocks;
  expect(block && text.slice(block.contents.end - 1, block.contents.end)).toBe('!');
});

test('tags at the top level that are no blocks are reported', () => {
  const { unexpected } = scanBlocks('{% docs d %}x{% enddocs %}', { allowed: MACRO_BLOCKS });
  expect(unexpected.map(tag => tag.type)).toEqual(['docs', 'enddocs']);
});

test('a block inside control flow is refused where it stands', () => {
  const { problem } = scanBlocks('\n{% if x %}{% macro a() %}{% endmacro %}{% endif %}');
  expect(problem).toMatchObject({ errorClass: 'BlockDefinitionNotAtTopError', start: 11 });
  expect(problem?.message).toContain('at 2:10.');
});

test('a block that never ends is refused for the line it starts in', () => {
  expect(scanBlocks('\n\n{% macro a() %}x').problem?.message).toBe(
    'Reached EOF without finding a close tag for macro (searched from line 3)',
  );
});
