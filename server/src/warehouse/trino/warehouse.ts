import { err, ok, type Result } from '../../base/result.ts';
import type { WarehouseTarget } from '../protocol.ts';
import type { Session, Warehouse, WarehouseFailure } from '../warehouse.ts';
import { connectionFailure } from './failure.ts';
import { trinoProfile, type TrinoProfile } from './profile.ts';
import { TrinoSession } from './session.ts';

/** A Trino server, spoken to by its own HTTP protocol. The first session makes sure that it answers. */
export function trinoWarehouse({ credentials }: WarehouseTarget): Warehouse {
  const sessions = new Set<Session>();
  let hasAnswered = false;
  return {
    async session(): Promise<Result<Session, WarehouseFailure>> {
      let profile: TrinoProfile;
      try {
        profile = trinoProfile(credentials);
      } catch (error) {
        return err(connectionFailure(error, 'the certificate of the profile'));
      }
      const session = new TrinoSession(profile);
      if (!hasAnswered) {
        const answer = await session.execute('select 1', { fetch: true });
        if (!answer.ok) {
          const message = answer.failure.message.replace('the Trino server', profile.origin);
          return err({ ...answer.failure, message });
        }
        hasAnswered = true;
      }
      sessions.add(session);
      return ok(session);
    },
    async close() {
      await Promise.all([...sessions].map(it => it.close()));
      sessions.clear();
    },
  };
}
