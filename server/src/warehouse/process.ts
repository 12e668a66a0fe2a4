import { dieWithParent } from '../host/lifeline.ts';
import type { FromWarehouse, ToWarehouse } from './protocol.ts';
import { warehouseService } from './service.ts';

/** The warehouse process: the service, spoken to over the channel to the parent, and ended with it. */
const service = warehouseService((id, answer) => {
  const message: FromWarehouse = { id, answer };
  // The parent is gone when this fails, and the life-line is about to end this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
});

// The other end of the channel is our own client, so the message is what the protocol says.
process.on('message', message => service.receive(message as ToWarehouse));
dieWithParent(() => service.close());
