import { expect, test } from 'vitest';
import { secretsIn } from '../../server/src/warehouse/secrets.ts';

test.each([
  [{ type: 'postgres', password: 'p1', host: 'h', user: 'u' }, ['p1']],
  [{ pass: 'p1' }, ['p1']],
  [{ keyfile_json: { private_key: 'p1', project_id: 'shop' } }, ['p1', 'shop']],
  [{ secrets: [{ type: 's3', region: 'eu', key_id: 'p1', secret: 'p2' }] }, ['p1', 'p2']],
  [{ path: 'md:shop?motherduck_token=p1&x=1' }, ['p1']],
  [{ private_key_passphrase: 'p1', port: 5432, threads: null }, ['p1']],
])('%j hides %j', (credentials, secrets) => {
  expect(secretsIn(credentials)).toEqual(secrets);
});
