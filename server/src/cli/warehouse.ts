import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '../base/result.ts';
import { credentialsOf } from '../model/credentials.ts';
import { silentLog, type Log } from '../host/log.ts';
import { warehouseInProcess } from '../warehouse/client.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { refuse } from './output.ts';
import type { Invocation } from './project.ts';

/** The warehouse of the chosen target, not yet connected; the failure says what the profile lacks. */
export function warehouseOf(invocation: Invocation): Result<Warehouse, string> {
  const credentials = credentialsOf(invocation.input);
  if (!credentials.ok) return err(credentials.failure.message);
  const { root, arguments: given } = invocation;
  const log = given.switches.get('debug') === true ? errorLog : silentLog;
  return ok(
    warehouseInProcess({
      credentials: credentials.value,
      projectRoot: root,
      processFile: bundle('warehouse.cjs'),
      log,
    }),
  );
}

/** Does work with the warehouse and closes it; answers the exit code, also when the profile leaves nothing to open. */
export async function withWarehouse(
  invocation: Invocation,
  work: (warehouse: Warehouse) => Promise<number>,
): Promise<number> {
  const warehouse = warehouseOf(invocation);
  if (!warehouse.ok) return refuse(invocation.output, warehouse.failure);
  try {
    return await work(warehouse.value);
  } finally {
    await warehouse.value.close();
  }
}

/** A bundle that lies beside this one. */
export const bundle = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const errorLog: Log = {
  info: message => void process.stderr.write(`${message}\n`),
  warn: message => void process.stderr.write(`${message}\n`),
  error: message => void process.stderr.write(`${message}\n`),
};
