import { err, ok, type Result } from '../base/result.ts';
import type { ResourceType, UniqueId } from '../dbt/manifest/node.ts';
import { parseSelection } from '../dbt/selection/parse.ts';
import type { Refusal } from '../dbt/selection/refusal.ts';
import { ofTypes, select, unknownSelector } from '../dbt/selection/select.ts';
import { readSelectors, type NamedSelectors } from '../dbt/selection/selectors-file.ts';
import { indirectSelections, type IndirectSelection, type SelectionSpec } from '../dbt/selection/spec.ts';
import type { StateComparison } from '../dbt/selection/state-methods.ts';
import { previousState } from './previous-state.ts';
import { targetFolder, type Invocation } from './project.ts';

/** The ids that the selection flags mean, of the kinds given and of those that `--resource-type` leaves. */
export function selectedIds(
  invocation: Invocation,
  types: ReadonlySet<ResourceType>,
): Result<readonly UniqueId[], Refusal> {
  const { db, arguments: given } = invocation;
  const indirect = indirectSelections.find(it => it === given.texts.get('indirect-selection')) ?? 'eager';
  const selectors = namedSelectors(invocation, indirect);
  if (!selectors.ok) return selectors;
  const spec = wantedSpec(invocation, selectors.value, indirect);
  if (!spec.ok) return spec;
  const manifest = db.manifest();
  const comparison = comparisonOf(invocation);
  if (!comparison.ok) return comparison;
  const projectName = db.project().name ?? '';
  const context = { manifest, projectName, comparison: comparison.value };
  const ids = select(spec.value, context);
  return ids.ok ? ok(ofTypes(ids.value, manifest, wantedTypes(invocation, types))) : ids;
}

/** The invocation that `--state` names, to compare this one with. */
function comparisonOf(invocation: Invocation): Result<StateComparison | undefined, Refusal> {
  const { db, root, arguments: given } = invocation;
  const previous = previousState(given, { root, target: targetFolder(invocation) });
  if (!previous.ok || previous.value === undefined) return previous.ok ? ok(undefined) : previous;
  const adapterType = db.project().adapterType ?? '';
  return ok({ previous: previous.value, manifest: db.manifest(), extras: db.extras(), adapterType });
}

function namedSelectors({ db }: Invocation, indirect: IndirectSelection): Result<NamedSelectors, Refusal> {
  const data = db.selectors();
  return data.ok ? readSelectors(data.value, indirect) : data;
}

/** `--selector`, else `--select` and `--exclude`, else the default of selectors.yml, else everything. */
function wantedSpec(
  { arguments: given }: Invocation,
  selectors: NamedSelectors,
  indirect: IndirectSelection,
): Result<SelectionSpec, Refusal> {
  const [include, exclude] = [given.lists.get('select') ?? [], given.lists.get('exclude') ?? []];
  const isPlain = include.length === 0 && exclude.length === 0;
  const name = given.texts.get('selector') ?? (isPlain ? selectors.defaultName : undefined);
  if (name === undefined) return parseSelection({ select: include, exclude, indirect });
  const spec = selectors.specs.get(name);
  return spec === undefined ? err(unknownSelector(name, [...selectors.specs.keys()])) : ok(spec);
}

function wantedTypes({ arguments: given }: Invocation, types: ReadonlySet<ResourceType>): ReadonlySet<ResourceType> {
  const only = given.lists.get('resource-type');
  const without = given.lists.get('exclude-resource-type') ?? [];
  const wanted = [...types].filter(
    type => (only === undefined || only.includes(type) || only.includes('all')) && !without.includes(type),
  );
  return new Set(wanted);
}
