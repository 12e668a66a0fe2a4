import { randomUUID } from 'node:crypto';

/** A new id that nobody else has: for invocations and jobs. */
export const newId = (): string => randomUUID();
