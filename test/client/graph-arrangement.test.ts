import { describe, expect, test } from 'vitest';
import type { Box, Drawing } from '../../client/webview/drawing.ts';
import { arrangements, better, scaleFor, sizeOf, type Size } from '../../client/webview/graph-arrangement.ts';
import { heightOf } from '../../client/webview/graph-boxes.ts';

function chain(nBoxes: number, nRows: number): Drawing {
  const rows = Array.from({ length: nRows }, (_, n) => ({
    id: `${n}`,
    name: 'n',
    type: 'int',
    title: '',
    isFocus: false,
  }));
  const boxes = Array.from({ length: nBoxes }, (_, n): Box => {
    return { id: String(n), name: 'box', detail: 'view', description: null, kind: 'model', rows };
  });
  const edges = boxes.slice(1).map((it, n) => {
    return { from: String(n), to: it.id, kind: 'copied' as const, fromRow: undefined, toRow: undefined };
  });
  return { boxes, edges, selected: null };
}

const arrangement = (drawing: Drawing, view: Size) => better(arrangements(drawing), view);

const wide = { width: 1600, height: 500 };
const narrow = { width: 420, height: 800 };

describe('boxes of a lineage graph', () => {
  test('stand beside each other in a wide view, and below each other in a narrow one', () => {
    expect(arrangement(chain(5, 0), wide).direction).toBe('right');
    expect(arrangement(chain(5, 0), narrow).direction).toBe('down');
    expect(arrangement(chain(5, 2), wide).direction).toBe('right');
    expect(arrangement(chain(5, 2), narrow).direction).toBe('past');
  });

  test('with columns in them can be read in a narrow view', () => {
    const placed = arrangement(chain(5, 2), narrow);
    expect(scaleFor(sizeOf(placed), narrow)).toBe(1);
  });

  test.each([wide, narrow])('never cover each other in %o', view => {
    const { boxes } = arrangement(chain(6, 3), view);
    for (const [at, one] of boxes.entries()) {
      for (const other of boxes.slice(at + 1)) {
        const isBeside = one.x !== other.x;
        const isBelow = one.y + heightOf(one.box) <= other.y || other.y + heightOf(other.box) <= one.y;
        expect(isBeside || isBelow).toBe(true);
      }
    }
  });
});
