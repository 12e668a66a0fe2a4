/** Where the program tells what it does; never the place for a result. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A log that keeps nothing. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A log that shows `*****` wherever one of the secrets would stand. */
export function redactedLog(log: Log, secrets: readonly string[]): Log {
  return {
    info: message => log.info(redact(message, secrets)),
    warn: message => log.warn(redact(message, secrets)),
    error: message => log.error(redact(message, secrets)),
  };
}

/**
 * The text with every secret replaced. Secrets of fewer than three characters stay: they would blot out half of any
 * text and tell nothing by it.
 */
export function redact(text: string, secrets: readonly string[]): string {
  // The longest first, so that a secret that contains another leaves no tail.
  const known = secrets.filter(secret => secret.length >= 3).sort((a, b) => b.length - a.length);
  return known.reduce((redacted, secret) => redacted.replaceAll(secret, '*****'), text);
}
