import { err, ok, type Result } from '../base/result.ts';
import type { WarehouseTarget } from './protocol.ts';
import type { Warehouse, WarehouseFailure } from './warehouse.ts';

/** The adapters there are, by the `type` of a profile's target. Each driver is loaded when its adapter is first used. */
const adapters: Readonly<Record<string, (target: WarehouseTarget) => Promise<Warehouse>>> = {
  duckdb: async target => (await import('./duckdb/warehouse.ts')).duckdbWarehouse(target),
  postgres: async target => (await import('./postgres/warehouse.ts')).postgresWarehouse(target),
  redshift: async target => (await import('./postgres/warehouse.ts')).postgresWarehouse(target),
  trino: async target => (await import('./trino/warehouse.ts')).trinoWarehouse(target),
};

/** The types of targets that can be connected to. */
export const supportedAdapters: readonly string[] = Object.keys(adapters);

/** The warehouse of a target, or the failure that its type is none of ours. Nothing connects yet. */
export async function openWarehouse(target: WarehouseTarget): Promise<Result<Warehouse, WarehouseFailure>> {
  const { type } = target.credentials;
  const open = Object.hasOwn(adapters, type) ? adapters[type] : undefined;
  if (open === undefined) return err(unsupportedAdapter(type));
  return ok(await open(target));
}

function unsupportedAdapter(type: string): WarehouseFailure {
  const known = supportedAdapters.join(', ');
  return {
    kind: 'unsupported-adapter',
    message: `This profile's target is of type '${type}', which Sluice cannot connect to yet. It connects to: ${known}.`,
  };
}
