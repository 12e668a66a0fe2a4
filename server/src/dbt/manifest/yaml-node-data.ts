import { sha256 } from '../../base/sha256.ts';
import { repr, toText } from '../../render/python/text.ts';
import { textOfKey, type Data, type DataMap, type DataScalar } from './data.ts';
import { toValue } from './data-value.ts';
import { fields, onlyFields, withDefaults } from './data-fields.ts';
import {
  columnsData,
  dependsOnData,
  docsData,
  externalData,
  fileFields,
  freshnessData,
  identityFields,
  metaOf,
  ownerData,
  patchPath,
  pathInPackage,
  refData,
  sourceCallData,
} from './node-data-parts.ts';
import type { NodeExtras } from './node-extras.ts';
import type { DocNode, ExposureNode, GroupNode, MacroNode, SourceNode, UnitTestNode, UnitTestRows } from './node.ts';
import { unitTestRows } from './unit-test-rows.ts';

/** A source table in dbt's shape. */
export function sourceData(node: SourceNode, extras: NodeExtras): DataMap {
  const freshness = freshnessData(node.freshness);
  return fields(
    ['database', node.database],
    ['schema', node.schema],
    ...identityFields(node),
    ['source_name', node.sourceName],
    ['source_description', node.sourceDescription],
    ['loader', node.loader],
    ['identifier', node.identifier],
    ['quoting', onlyFields(node.quoting, { database: null, schema: null, identifier: null, column: null })],
    ['loaded_at_field', node.loadedAtField],
    ['loaded_at_query', node.loadedAtQuery],
    ['freshness', freshness],
    ['external', externalData(node)],
    ['description', node.description],
    ['columns', columnsData(node.columns, node.packageName, extras)],
    ['meta', node.meta],
    ['source_meta', node.sourceMeta],
    ['tags', node.tags],
    ['config', new Map(node.config).set('freshness', freshness)],
    ['patch_path', patchPath(node.packageName, node.patchFile)],
    ['unrendered_config', extras.unrenderedConfig(node)],
    ['relation_name', node.relation.relationName],
    ['created_at', extras.createdAt],
    ['unrendered_database', node.unrendered.database],
    ['unrendered_schema', node.unrendered.schema],
    ['doc_blocks', extras.docBlocks(node.packageName, node.written)],
  );
}

/** An exposure in dbt's shape. */
export function exposureData(node: ExposureNode, extras: NodeExtras): DataMap {
  return fields(
    ...identityFields(node),
    ['type', node.type],
    ['owner', ownerData(node.owner)],
    ['description', node.description],
    ['label', node.label],
    ['maturity', node.maturity],
    ['meta', node.meta],
    ['tags', node.tags],
    ['config', new Map(node.config)],
    ['unrendered_config', extras.unrenderedConfig(node)],
    ['url', node.url],
    ['depends_on', dependsOnData(node.dependsOn)],
    ['refs', node.refs.map(refData)],
    ['sources', node.sources.map(sourceCallData)],
    ['metrics', node.metrics],
    ['created_at', extras.createdAt],
  );
}

/** A unit test in dbt's shape. */
export function unitTestData(node: UnitTestNode, extras: NodeExtras): DataMap {
  return fields(
    ['model', node.model],
    ['given', node.given.map(given => new Map<DataScalar, Data>([['input', given.input], ...rowsData(given)]))],
    ['expect', rowsData(node.expect)],
    ...identityFields(node),
    ['description', node.description],
    ['overrides', overridesData(node)],
    ['depends_on', dependsOnData(node.dependsOn)],
    ['config', new Map(node.config)],
    ['checksum', sha256(textOfUnitTest(node))],
    ['schema', node.schema],
    ['created_at', extras.createdAt],
    ['versions', versionsData(node)],
    ['version', node.version],
  );
}

function overridesData({ overrides: { macros, vars, envVars } }: UnitTestNode): DataMap | undefined {
  if (macros.size + vars.size + envVars.size === 0) return undefined;
  return fields(['macros', macros], ['vars', vars], ['env_vars', envVars]);
}

function versionsData({ versions }: UnitTestNode): DataMap | undefined {
  return versions && onlyFields(versions, { include: null, exclude: null });
}

const rowsData = (given: UnitTestRows): DataMap =>
  fields(['rows', unitTestRows(given) ?? given.rows], ['format', given.format], ['fixture', given.fixture]);

/** All of a unit test but its description, spelled as Python spells dbt's objects, so that the checksum is dbt's. */
function textOfUnitTest(node: UnitTestNode): string {
  const given = node.given.map(it => `UnitTestInputFixture(input=${reprOf(it.input)}, ${rowsText(rowsData(it))})`);
  const overrides = overridesData(node);
  const versions = versionsData(node);
  const parts = [
    node.model,
    versions === undefined ? 'None' : `UnitTestNodeVersions(${argumentsText(versions)})`,
    `[${given.join(', ')}]`,
    `UnitTestOutputFixture(${rowsText(rowsData(node.expect))})`,
    overrides === undefined ? 'None' : `UnitTestOverrides(${argumentsText(overrides)})`,
    ...node.given.filter(it => it.fixture !== undefined).map(it => toText(toValue(rowsData(it).get('rows') ?? null))),
  ];
  return parts.join('-');
}

const reprOf = (data: Data): string => repr(toValue(data));

const argumentsText = (data: DataMap): string =>
  [...data].map(([key, value]) => `${textOfKey(key)}=${reprOf(value)}`).join(', ');

function rowsText(data: DataMap): string {
  const name = FORMATS.get(data.get('format') ?? '') ?? '';
  const format = `<UnitTestFormat.${name}: '${name.toLowerCase()}'>`;
  return `rows=${reprOf(data.get('rows') ?? null)}, format=${format}, fixture=${reprOf(data.get('fixture') ?? null)}`;
}

const FORMATS: ReadonlyMap<Data, string> = new Map<Data, string>([
  ['dict', 'Dict'],
  ['csv', 'CSV'],
  ['sql', 'SQL'],
]);

/** A macro in dbt's shape. */
export function macroData(node: MacroNode, extras: NodeExtras): DataMap {
  const { text, dependsOn, supportedLanguages } = extras.macro(node);
  return fields(
    ...fileFields(node),
    ['macro_sql', text],
    ['depends_on', fields(['macros', dependsOn])],
    ['description', node.description],
    ['meta', node.meta],
    ['docs', docsData(node.docs)],
    ['config', fields(['meta', node.meta], ['docs', docsData(node.docs)])],
    ['patch_path', patchPath(node.packageName, pathInPackage(node, node.patchFile))],
    [
      'arguments',
      node.arguments.map(it => fields(['name', it.name], ['type', it.type], ['description', it.description])),
    ],
    ['created_at', extras.createdAt],
    ['supported_languages', supportedLanguages],
  );
}

/** A docs block in dbt's shape. */
export function docData(node: DocNode): DataMap {
  return fields(...fileFields(node), ['block_contents', node.contents]);
}

/** A group in dbt's shape. */
export function groupData(node: GroupNode): DataMap {
  return fields(
    ...fileFields(node),
    ['owner', ownerData(node.owner)],
    ['description', node.description === '' ? null : node.description],
    ['config', withDefaults(new Map(node.config), { meta: metaOf(new Map(node.config)) })],
  );
}
