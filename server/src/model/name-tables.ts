import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import { stringEntries } from '../dbt/manifest/data.ts';
import type { Declaration, Names, NameTable } from './db.ts';
import type { TemplateEngine } from './engine.ts';
import type { Declared } from './file-summary.ts';
import { ONLY, type Inputs } from './inputs.ts';
import type { Structure } from './structure.ts';

/** All declared names by kind, the product's own macros included. */
export class NameTables {
  readonly names: Query<typeof ONLY, Names>;
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #engine: TemplateEngine;

  constructor(inputs: Inputs, structure: Structure, engine: TemplateEngine) {
    this.#inputs = inputs;
    this.#structure = structure;
    this.#engine = engine;
    this.names = new Query(inputs.db, 'names-tables', () => this.#build(), { equals: same });
  }

  #build(): Names {
    const declared = this.#inputs.all.get(ONLY) ?? [];
    const table = (kind: Declared['kind'], keyOf: (it: Declared) => string = it => it.name): NameTable =>
      grouped(declared.filter(it => it.kind === kind).map(it => [keyOf(it), declarationOf(it)]));
    return {
      models: table('model'),
      seeds: table('seed'),
      snapshots: table('snapshot'),
      sources: table('source', sourceKey),
      macros: grouped([...this.#builtinMacros(), ...declared.filter(it => it.kind === 'macro').map(macroEntry)]),
      docs: table('doc'),
      vars: grouped(this.#vars()),
      groups: table('group'),
      exposures: table('exposure'),
    };
  }

  #builtinMacros(): readonly NameEntry[] {
    return this.#engine.builtinMacros(this.#structure.adapterType()).map(macro => {
      const { name, packageName, uniqueId, file } = macro;
      return [`${packageName}.${name}`, { kind: 'macro', name, packageName, uniqueId, file }];
    });
  }

  /** Vars are declared where a project file sets them; a section named like a package is that package's own. */
  #vars(): readonly NameEntry[] {
    const { projects } = this.#structure.packages.get(ONLY);
    const packages = new Set(projects.map(({ name }) => name));
    return projects.flatMap(project =>
      stringEntries(project.vars).flatMap(([name, value]) => {
        const scoped = packages.has(name) ? stringEntries(value).map(([inner]) => inner) : [name];
        const packageName = packages.has(name) ? name : project.name;
        return scoped.map((it): NameEntry => {
          const declaration: Declaration = {
            kind: 'var',
            name: it,
            packageName,
            uniqueId: undefined,
            file: project.file,
          };
          return [it, declaration];
        });
      }),
    );
  }
}

type NameEntry = readonly [string, Declaration];

/** A declaration as the rest of the product sees it. */
export function declarationOf({ kind, name, packageName, uniqueId, file }: Declared): Declaration {
  return { kind, name, packageName, uniqueId, file };
}

/** `source_name.table_name`. */
export const sourceKey = ({ uniqueId, packageName }: Declared): string =>
  uniqueId.slice(`source.${packageName}.`.length);

const macroEntry = (it: Declared): NameEntry => [`${it.packageName}.${it.name}`, declarationOf(it)];

function grouped(entries: readonly NameEntry[]): NameTable {
  const table = new Map<string, Declaration[]>();
  for (const [key, declaration] of entries) table.set(key, [...(table.get(key) ?? []), declaration]);
  return table;
}
