import type { NodeConfig } from '../manifest/node.ts';

/** Whether a test leaves the rows that fail it in the warehouse: as its config says, else as the command line does. */
export const storesFailures = (config: NodeConfig, flags: Readonly<Record<string, unknown>>): boolean =>
  (config.get('store_failures') ?? flags['store_failures']) === true;
