import type { UniqueId } from '../dbt/manifest/node.ts';
import type { FileId } from '../render/rendered.ts';
import type { Declaration, Use } from './db.ts';
import type { Descriptions } from './descriptions.ts';
import { useKey } from './file-summary.ts';
import { ONLY, type Inputs } from './inputs.ts';
import { declarationOf, type NameTables } from './name-tables.ts';
import type { NodeFacts } from './node-facts.ts';
import type { Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';

/** What literal uses mean, and who uses a declaration. */
export class Resolution {
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #summaries: Summaries;
  readonly #facts: NodeFacts;
  readonly #descriptions: Descriptions;
  readonly #tables: NameTables;

  constructor(
    inputs: Inputs,
    structure: Structure,
    summaries: Summaries,
    facts: NodeFacts,
    descriptions: Descriptions,
    tables: NameTables,
  ) {
    this.#inputs = inputs;
    this.#structure = structure;
    this.#summaries = summaries;
    this.#facts = facts;
    this.#descriptions = descriptions;
    this.#tables = tables;
  }

  packageOf(file: FileId): string {
    return (this.#structure.places.get(file)[0]?.project ?? this.#structure.rootProject()).name;
  }

  resolve(file: FileId, use: Use): readonly Declaration[] {
    const packageName = this.packageOf(file);
    switch (use.kind) {
      case 'ref': {
        const answer = this.#facts.resolveRef(use, packageName);
        if (answer.kind === 'missing') return [];
        return answer.kind === 'ambiguous'
          ? this.#declarations(answer.uniqueIds)
          : this.#declarations([answer.uniqueId]);
      }
      case 'source': {
        const answer = this.#facts.resolveSource(use);
        return answer === undefined ? [] : this.#declarations([answer.uniqueId]);
      }
      case 'doc': {
        const declared = this.#descriptions.resolveDoc(use.package, use.name, packageName);
        return declared === undefined ? [] : [declarationOf(declared)];
      }
      case 'var':
        return this.#tables.names.get(ONLY).vars.get(use.name) ?? [];
      case 'macro':
        return this.#macros(use.package, use.name, packageName);
    }
  }

  #declarations(ids: readonly UniqueId[]): readonly Declaration[] {
    return ids.flatMap(id => this.#inputs.byId.get(id) ?? []).map(declarationOf);
  }

  /**
   * Unqualified, a macro is looked for in the file's own package, then in the root project, then among dbt's own. A
   * name that is only dispatched to has its `default__` implementation.
   */
  #macros(named: string | undefined, name: string, packageName: string): readonly Declaration[] {
    const { macros } = this.#tables.names.get(ONLY);
    const root = this.#structure.rootProject().name;
    const internal = ['dbt', `dbt_${this.#structure.adapterType()}`];
    const packages = named === undefined ? [packageName, root, ...internal] : named === 'dbt' ? internal : [named];
    for (const it of new Set(packages)) {
      const found = macros.get(`${it}.${name}`);
      if (found !== undefined) return found;
    }
    return [];
  }

  /** The literal uses of a declaration in the whole project. */
  usesOf(declaration: Declaration): readonly { readonly file: FileId; readonly use: Use }[] {
    const key = usedKeyOf(declaration);
    const files = key === undefined ? [] : (this.#inputs.usedIn.get(key) ?? []);
    return files.flatMap(file =>
      this.#summaries.uses
        .get(file)
        .filter(use => useKey(use) === key && this.#means(file, use, declaration))
        .map(use => ({ file, use })),
    );
  }

  #means(file: FileId, use: Use, declaration: Declaration): boolean {
    const found = this.resolve(file, use);
    if (declaration.kind === 'var') return found.some(it => it.name === declaration.name);
    return found.some(it => it.uniqueId === declaration.uniqueId);
  }
}

function usedKeyOf({ kind, name, uniqueId, packageName }: Declaration): string | undefined {
  switch (kind) {
    case 'model':
    case 'seed':
    case 'snapshot':
      return `ref:${name}`;
    case 'source':
      return `source:${uniqueId?.slice(`source.${packageName}.`.length) ?? ''}`;
    case 'macro':
    case 'doc':
    case 'var':
      return `${kind}:${name}`;
    case 'analysis':
    case 'column':
    case 'exposure':
    case 'group':
    case 'metric':
    case 'operation':
    case 'saved_query':
    case 'semantic_model':
    case 'sql_operation':
    case 'test':
    case 'unit_test':
      return undefined;
  }
}
