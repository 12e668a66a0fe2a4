import type { Session, Warehouse } from '../../server/src/warehouse/warehouse.ts';

/** A session of a warehouse that must be there. */
export async function sessionOf(warehouse: Warehouse): Promise<Session> {
  const session = await warehouse.session();
  if (!session.ok) throw new Error(session.failure.message);
  return session.value;
}
