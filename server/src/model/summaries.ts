import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import { quotePolicy, relationStyle } from '../dbt/manifest/relation.ts';
import { readProperties } from '../dbt/properties/read-properties.ts';
import type { Properties } from '../dbt/properties/properties.ts';
import type { Project } from '../dbt/project/project.ts';
import type { FileId } from '../render/rendered.ts';
import { scanBlocks, MACRO_BLOCKS, type ScannedBlocks } from '../syntax/jinja/blocks.ts';
import { parseJinja, type JinjaTree } from '../syntax/jinja/parse.ts';
import type { Use } from './db.ts';
import type { CapturedNode } from './engine.ts';
import {
  declaredByBlocks,
  declaredByPath,
  declaredByProperties,
  declaredMacros,
  declaredScratch,
  emptySummary,
  useKey,
  type Declared,
  type FilePlace,
  type FileSummary,
} from './file-summary.ts';
import { ONLY, type Inputs } from './inputs.ts';
import { captureLiterals } from './literal-template.ts';
import { NameIndex, touchedKeys, type TouchedKeys } from './name-index.ts';
import { KEPT_TREES, PROJECT_FILE, type PlacedFile, type Structure } from './structure.ts';
import { isPython, usesInPython } from './python-models.ts';
import { usesInTemplate, usesInYaml } from './uses.ts';

/** Layer 1: trees and summaries of single files, and the index of names that is kept in step with them. */
export class Summaries {
  readonly index = new NameIndex();
  readonly jinja: Query<FileId, JinjaTree>;
  readonly blocks: Query<FileId, ScannedBlocks>;
  readonly properties: Query<FileId, Properties>;
  /** The literal uses in a file, with their ranges. */
  readonly uses: Query<FileId, readonly Use[]>;
  /** What a file with nothing but literal calls in it uses and configures; `undefined` for any other. */
  readonly literals: Query<FileId, CapturedNode | undefined>;
  /** Both at once, while the syntax tree is at hand. */
  readonly #seen: Query<FileId, { readonly uses: readonly Use[]; readonly literals: CapturedNode | undefined }>;
  readonly summary: Query<FileId, FileSummary>;
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #dirty = new Set<FileId>();
  readonly #pending = new Set<FileId>();
  #touched = touchedKeys();
  #frame: readonly unknown[] | undefined;

  constructor(inputs: Inputs, structure: Structure) {
    this.#inputs = inputs;
    this.#structure = structure;
    const { db, text } = inputs;
    this.jinja = new Query(db, 'syntax', file => parseJinja(text.get(file) ?? '', { tags: 'file' }), {
      keeps: KEPT_TREES,
    });
    this.blocks = new Query(db, 'blocks', file => this.#scan(file), { equals: same });
    this.properties = new Query(db, 'properties', file => this.#readProperties(file), { equals: same });
    this.#seen = new Query(db, 'seen', file => ({ uses: this.#usesIn(file), literals: this.#literalsIn(file) }));
    this.uses = new Query(db, 'uses', file => this.#seen.get(file).uses, { equals: same });
    this.literals = new Query(db, 'literals', file => this.#seen.get(file).literals, { equals: same });
    this.summary = new Query(db, 'summary', file => this.#summarize(file), { equals: same });
    for (const file of inputs.files.get(ONLY) ?? []) this.#dirty.add(file);
  }

  /** Notes that a file's text was set, so that `sync` looks at it again. */
  touch(file: FileId): void {
    this.#dirty.add(file);
  }

  /** Brings the index up to the current texts. Called before every answer, outside of all queries. */
  sync(): void {
    this.syncSome(Infinity);
  }

  /** Does the same for at most so many files; says whether all are done. */
  syncSome(nFiles: number): boolean {
    this.#collect();
    if (this.#pending.size === 0) return true;
    let nLeft = nFiles;
    for (const file of this.#pending) {
      if (nLeft-- <= 0) return false;
      this.#pending.delete(file);
      this.index.update(file, this.#summaryOf(file), this.#touched);
    }
    publish(this.index, this.#touched, this.#inputs, this.#structure);
    this.#touched = touchedKeys();
    return true;
  }

  /** The files to look at: those that were set, or all of them when the frame in which they mean something has moved. */
  #collect(): void {
    this.#inputs.publishFiles();
    const packages = this.#structure.packages.get(ONLY);
    const frame = [packages, this.#structure.target.get(ONLY), this.#inputs.settings.get(ONLY)];
    if (this.#frame === undefined || frame.some((part, at) => part !== this.#frame?.[at])) {
      for (const file of [...(this.#inputs.files.get(ONLY) ?? []), ...this.index.files()]) this.#pending.add(file);
    }
    this.#frame = frame;
    for (const file of this.#dirty) this.#pending.add(file);
    this.#dirty.clear();
  }

  #summaryOf(file: FileId): FileSummary | undefined {
    return this.#inputs.text.get(file) === undefined ? undefined : this.summary.get(file);
  }

  #placesOf(file: FileId): readonly PlacedFile[] {
    return this.#structure.places.get(file);
  }

  #scan(file: FileId): ScannedBlocks {
    const role = this.#placesOf(file)[0]?.role.role;
    const text = this.#inputs.text.get(file) ?? '';
    if (role === 'macro') return scanBlocks(text, { allowed: MACRO_BLOCKS, withData: false });
    return scanBlocks(text, { allowed: new Set([role === 'docs' ? 'docs' : 'snapshot']), withData: false });
  }

  #readProperties(file: FileId): Properties {
    const place = this.#placesOf(file).find(({ role }) => role.role === 'properties');
    const packageName = place?.project.name ?? this.#structure.rootProject().name;
    const adapterType = this.#structure.adapterType();
    const { quoteCharacter } = relationStyle(adapterType);
    return readProperties(this.#structure.yamlData.get(file), file, {
      packageName,
      path: place?.role.path ?? file,
      render: this.#structure.renderer('properties', { packageName }),
      quoteColumn: name => `${quoteCharacter}${name}${quoteCharacter}`,
      argumentsProperty: usesArgumentsProperty(this.#structure.rootProject()),
    });
  }

  #usesIn(file: FileId): readonly Use[] {
    const roles = this.#placesOf(file).map(({ role }) => role.role);
    if (roles.includes('properties') || file === PROJECT_FILE) return usesInYaml(this.#structure.yaml.get(file).root);
    if (isPython(file)) return usesInPython(this.#inputs.text.get(file) ?? '');
    return roles.some(role => TEMPLATES.has(role)) ? usesInTemplate(this.jinja.get(file)) : [];
  }

  #literalsIn(file: FileId): CapturedNode | undefined {
    const isTemplate = this.#placesOf(file).some(({ role }) => ONE_TEMPLATE.has(role.role));
    return isTemplate && !isPython(file) ? captureLiterals(this.jinja.get(file)) : undefined;
  }

  #summarize(file: FileId): FileSummary {
    const places = this.#placesOf(file);
    // A scratch file may be large and is nobody's business until it is looked at.
    const isScratch = places[0]?.role.role === 'scratch';
    const uses = isScratch ? [] : [...new Set(this.uses.get(file).map(useKey))].toSorted();
    const parts = places.map(place => this.#summarizeAs(file, place));
    const hooks = this.#hooksOf(file);
    return {
      declares: [...parts.flatMap(part => part.declares), ...hooks],
      patches: parts.flatMap(part => part.patches),
      claims: parts.flatMap(part => part.claims),
      uses,
    };
  }

  #summarizeAs(file: FileId, { project, role }: PlacedFile): FileSummary {
    const place: FilePlace = { file, packageName: project.name, role };
    const text = (): string => this.#inputs.text.get(file) ?? '';
    switch (role.role) {
      case 'model':
      case 'seed':
      case 'analysis':
      case 'test':
        return { ...emptySummary, declares: [declaredByPath(role.role, place)] };
      case 'snapshot':
        return { ...emptySummary, declares: declaredByBlocks('snapshot', text(), place) };
      case 'docs':
        return { ...emptySummary, declares: declaredByBlocks('doc', text(), place) };
      case 'macro':
        return { ...emptySummary, declares: declaredMacros(text(), place) };
      case 'properties':
        return { ...declaredByProperties(this.properties.get(file), place), uses: [] };
      case 'scratch':
        return { ...emptySummary, declares: [declaredScratch(place)] };
      case 'fixture':
        return emptySummary;
    }
  }

  /** `on-run-start` and `on-run-end` are nodes of their project's file. */
  #hooksOf(file: FileId): readonly Declared[] {
    const project = this.#structure.packages.get(ONLY).projects.find(it => it.file === file);
    if (project === undefined) return [];
    const hooks = [
      ...project.onRunStart.map((sql, index) => ({ sql, index, key: 'on-run-start' })),
      ...project.onRunEnd.map((sql, index) => ({ sql, index, key: 'on-run-end' })),
    ];
    return hooks.map(({ sql, index, key }) => {
      const name = `${project.name}-${key}-${index}`;
      const at = { kind: 'hook' as const, path: [key, index], index, sql };
      const path = `hooks/${name}.sql`;
      const uniqueId = `operation.${project.name}.${name}`;
      const shared = { name, uniqueId, packageName: project.name, file, path };
      return { kind: 'operation', ...shared, originalPath: `./${PROJECT_FILE}`, at };
    });
  }
}

const ONE_TEMPLATE: ReadonlySet<string> = new Set(['model', 'test', 'analysis', 'scratch']);
const TEMPLATES: ReadonlySet<string> = new Set(['model', 'snapshot', 'test', 'analysis', 'macro', 'scratch']);

/** A behaviour flag of dbt, true unless the project says otherwise. */
const usesArgumentsProperty = (root: Project): boolean =>
  root.flags.get('require_generic_test_arguments_property') !== false;

/** Hands the lists that an update touched to the engine, each once. */
function publish(index: NameIndex, touched: TouchedKeys, inputs: Inputs, structure: Structure): void {
  const given = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
  for (const key of touched.patches) inputs.patches.set(key, given(index.patchesAt(key)));
  for (const key of touched.uses) inputs.usedIn.set(key, given(index.usedIn(key)));
  for (const key of touched.declared) inputs.declared.set(key, given(index.declaredAt(key)));
  for (const id of touched.ids) inputs.byId.set(id, given(index.withId(id)));
  if (touched.ids.size === 0) return;
  const order = packageOrder(structure);
  // What is asked in the project's name is no part of it: nothing that lists the project shows it.
  const ofProject = index.allDeclared().filter(it => it.kind !== 'sql_operation');
  const inOrder = ofProject.toSorted((a, b) => order(a) - order(b));
  inputs.all.set(ONLY, inOrder);
  inputs.ids.set(ONLY, [...new Set(inOrder.map(it => it.uniqueId))]);
  const hasMacros = [...touched.declared].some(key => key.startsWith('macro:'));
  if (hasMacros) {
    inputs.macros.set(
      ONLY,
      inOrder.filter(it => it.kind === 'macro'),
    );
  }
}

function packageOrder(structure: Structure): (declared: Declared) => number {
  const { projects } = structure.packages.get(ONLY);
  const places = new Map(projects.map(({ name }, at) => [name, at]));
  return ({ packageName }) => places.get(packageName) ?? -1;
}

/** The quoting of relations in the root project. */
export const projectQuoting = (structure: Structure) =>
  quotePolicy(structure.adapterType(), structure.rootProject().quoting);
