import type { FileId } from '../../render/rendered.ts';
import { asList, asString, isMap, type DataMap } from '../manifest/data.ts';
import type { KeyPath, Mistake } from '../manifest/mistake.ts';
import { dataRepr } from '../schema/data-repr.ts';
import type { Entry } from './properties.ts';
import { versionsOf } from './versions.ts';

/** What is wrong with the versions of a model whose shape is right. */
export function versionMistakes({ section, name, data, path }: Entry, file: FileId): readonly Mistake[] {
  if (section !== 'models') return [];
  const mistake = (at: KeyPath, message: string, errorClass = 'ParsingError'): Mistake => {
    const text = errorClass === 'ParsingError' ? `Parsing Error\n  ${message}` : message;
    const dbt = { class: errorClass, message: text };
    return { code: 'properties-invalid', message, file, path: [...path, ...at], on: 'value', dbt };
  };
  const rules = ruleMistakes(data);
  if (rules.length > 0) {
    const versions = dataRepr(data.get('versions') ?? null);
    const message = `Field "versions" of type Sequence[UnparsedVersion] in UnparsedModelUpdate has invalid value ${versions}`;
    return rules.map(at => mistake(at, message, 'InvalidFieldValue'));
  }
  return [
    ...twice(data).map(({ v, at }) =>
      mistake(at, `Found duplicate version: '${v}' in versions list of model '${name}'`),
    ),
    ...unknownLatest(data).map(({ latest, known }) =>
      mistake(['latest_version'], `latest_version: ${latest} is not one of model '${name}' versions: ${known} `),
    ),
  ];
}

function twice(data: DataMap): readonly { readonly v: string; readonly at: KeyPath }[] {
  const seen = new Set<string>();
  return versionsOf(data).flatMap(({ v, index }) => {
    const isNew = !seen.has(String(v));
    seen.add(String(v));
    return isNew ? [] : [{ v: String(v), at: ['versions', index, 'v'] }];
  });
}

function unknownLatest(data: DataMap): readonly { readonly latest: string; readonly known: string }[] {
  const latest = data.get('latest_version');
  if (latest === undefined || latest === null) return [];
  const written = (asList(data.get('versions')) ?? []).flatMap(it => (isMap(it) ? [it.get('v') ?? null] : []));
  if (written.some(it => dataRepr(it) === dataRepr(latest))) return [];
  const text = asString(latest) ?? dataRepr(latest);
  return [{ latest: text, known: dataRepr(written.toSorted((a, b) => (dataRepr(a) < dataRepr(b) ? -1 : 1))) }];
}

/** The places of the rules of inclusion that dbt cannot read: two in a version, an unknown word, an `exclude` without `all`. */
function ruleMistakes(data: DataMap): readonly KeyPath[] {
  return versionsOf(data).flatMap(version => {
    const columns = asList(version.data.get('columns')) ?? [];
    const rules = columns.flatMap((it, at) => (isMap(it) && it.has('include') ? [{ rule: it, at }] : []));
    const wrong = rules.filter(({ rule }, index) => index > 0 || !isRule(rule));
    const dates = isDate(version.data.get('deprecation_date')) ? [] : [['versions', version.index, 'deprecation_date']];
    return [...wrong.map(({ at }) => ['versions', version.index, 'columns', at]), ...dates];
  });
}

function isRule(rule: DataMap): boolean {
  const include = rule.get('include');
  const isAll = include === 'all' || include === '*';
  if (typeof include === 'string' && !isAll) return false;
  return isAll || (asList(rule.get('exclude')) ?? []).length === 0;
}

/** A date as text is read by a reader that takes nearly all spellings; a text without any digit is none. */
const isDate = (date: unknown): boolean => typeof date !== 'string' || /\d/.test(date);
