import { describe, expect, test } from 'vitest';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { readTarget } from '../../../server/src/dbt/project/profile.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

/** The mistakes in a profiles file, as lines of `path: message`. */
function mistakesIn(text: string): readonly string[] {
  const choice = { profileName: 'shop', targetName: undefined, threads: undefined, file: 'profiles.yml' };
  const { mistakes } = readTarget(dataOf(parseYaml(text).root), choice, it => ({ value: it }));
  return mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

const target = (keys: string): string => `shop: {target: dev, outputs: {dev: {${keys}}}}`;
const invalid = 'Credentials in profile "shop", target "dev" invalid:';

describe('a target of the profile', () => {
  test('has values of the types that its adapter wants, and none that is secret is quoted', () => {
    const keys = "type: postgres, host: h, user: 5, password: 1234, port: '5432', dbname: d, schema: s, retries: x";
    expect(mistakesIn(target(keys))).toEqual([
      `shop.outputs.dev.user: ${invalid} 5 is not of type 'string'`,
      `shop.outputs.dev.port: ${invalid} '5432' is not of type 'integer'`,
      `shop.outputs.dev.password: ${invalid} the password is not of type 'string'`,
      `shop.outputs.dev.retries: ${invalid} 'x' is not of type 'integer'`,
    ]);
    expect(mistakesIn(target('type: postgres, user: u, pass: p, dbname: d, schema: s'))).toEqual([]);
  });

  test('says where things are built', () => {
    expect(mistakesIn(target('type: postgres, host: h'))).toEqual([
      `shop.outputs.dev: ${invalid} 'database' is a required property`,
      `shop.outputs.dev: ${invalid} 'schema' is a required property`,
    ]);
    expect(mistakesIn(target('type: snowflake, account: a'))).toEqual([
      `shop.outputs.dev: ${invalid} 'schema' is a required property`,
    ]);
  });

  test('is of a type that is no slip of the pen', () => {
    expect(mistakesIn(target('type: postgress, dbname: d, schema: s'))).toEqual([
      `shop.outputs.dev.type: ${invalid} Runtime Error\n    Could not find adapter type postgress!`,
    ]);
    expect(mistakesIn(target('type: clickhouse, schema: s'))).toEqual([]);
  });

  test('uses one of the names of a key', () => {
    expect(mistakesIn(target('type: postgres, dbname: d, database: e, schema: s'))).toEqual([
      `shop.outputs.dev.database: ${invalid} Runtime Error\n    Got duplicate keys: (dbname) all map to "database"`,
    ]);
  });

  test('is a mapping, and there', () => {
    const known =
      "The profile 'shop' does not have a target named 'default'. The valid target names for this profile are:\n";
    expect(mistakesIn('shop: {outputs: {}}')).toEqual([`shop: ${known}`]);
    expect(mistakesIn('shop: {outputs: [{type: postgres}]}')).toEqual([`shop: ${known} - {'type': 'postgres'}`]);
    expect(mistakesIn('shop: {target: dev, outputs: {dev: x}}')).toEqual([
      "shop.outputs.dev: output 'dev' of profile 'shop' is misconfigured in profiles.yml",
    ]);
    expect(mistakesIn('shop:')).toEqual(['shop: Profile shop in profiles.yml is empty']);
  });
});

test('a profiles file holds a mapping', () => {
  expect(mistakesIn('# nothing yet')).toEqual([': profiles.yml is empty']);
  expect(mistakesIn('- shop')).toEqual([': profiles.yml is no mapping of names to profiles']);
});
