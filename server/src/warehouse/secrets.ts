/**
 * The texts in credentials that must not be shown: every string under a key that names a secret, at any depth, and
 * every string below such a key.
 */
export function secretsIn(credentials: Readonly<Record<string, unknown>>): readonly string[] {
  const found = new Set<string>();
  collect(found, credentials, false);
  return [...found];
}

const SECRET_KEY = /pass|secret|token|private_key|api_key|keyfile|access_key|key_id|connection_string|credential/i;
const SECRET_IN_URL = /(?:token|password|secret)=([^&;\s]+)/gi;

function collect(found: Set<string>, value: unknown, isSecret: boolean): void {
  if (typeof value === 'string') {
    if (isSecret) found.add(value);
    for (const [, secret] of value.matchAll(SECRET_IN_URL)) if (secret !== undefined) found.add(secret);
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) collect(found, item, isSecret);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    // `secrets:` of a DuckDB profile lists whole secrets, whose types and names are none.
    collect(found, item, key !== 'secrets' && (isSecret || SECRET_KEY.test(key)));
  }
}
