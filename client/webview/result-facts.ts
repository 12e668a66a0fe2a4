import type { RowsMessage } from './results-messages.ts';

/** How large a result is and how long it took, in a few words. */
export function factsOf({ total, rest, columns, seconds }: Omit<RowsMessage, 'kind' | 'title' | 'page'>): string {
  const count = total === 1 ? '1 row' : `${total.toLocaleString('en')} rows`;
  const counted = rest.kind === 'none' ? count : `first ${count}${rest.kind === 'open' ? ', more as you scroll' : ''}`;
  const width = columns.length === 1 ? '1 column' : `${columns.length} columns`;
  return `${counted} · ${width} · ${seconds.toFixed(2)} s`;
}
