import type { WarehouseFailure } from './warehouse.ts';

/** The failure of a statement that was sent behind `prefix`, with its place counted in the statement alone. */
export function behind(prefix: string, failure: WarehouseFailure): WarehouseFailure {
  const { position, ...rest } = failure;
  return position === undefined ? failure : { ...rest, position: Math.max(position - prefix.length, 0) };
}
