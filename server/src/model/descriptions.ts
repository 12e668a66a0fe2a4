import { Query } from '../db/query.ts';
import { packagesToSearch } from '../dbt/manifest/resolve.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { hasJinja } from '../dbt/project/render-data.ts';
import type { Describe } from '../dbt/properties/columns.ts';
import type { Declared } from './file-summary.ts';
import type { Inputs } from './inputs.ts';
import type { Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';

/** Descriptions as they read once `doc()` is replaced by the text of its block. */
export class Descriptions {
  /** The text of a docs block, without the white space around it. */
  readonly docContents: Query<UniqueId, string>;
  /** Texts with Jinja, by package and text: the same few sentences stand at many columns. */
  readonly #described: Query<string, string>;
  readonly #inputs: Inputs;
  readonly #structure: Structure;

  constructor(inputs: Inputs, structure: Structure, summaries: Summaries) {
    this.#inputs = inputs;
    this.#structure = structure;
    this.docContents = new Query(inputs.db, 'doc-contents', id => {
      const declared = inputs.byId.get(id)?.[0];
      if (declared?.at.kind !== 'block') return '';
      const block = summaries.blocks.get(declared.file).blocks[declared.at.index];
      if (block === undefined) return '';
      const text = (inputs.text.get(declared.file) ?? '').slice(block.contents.start, block.contents.end);
      return this.#rendered(text).trim();
    });
    this.#described = new Query(inputs.db, 'described-text', key => this.#describe(key));
  }

  /** Docs blocks are templates themselves, in which nearly nothing is known. */
  #rendered(text: string): string {
    if (!hasJinja(text)) return text;
    const result = this.#structure.renderer('docs')(text);
    return 'value' in result && typeof result.value === 'string' ? result.value : text;
  }

  /** A renderer of descriptions in a package's properties; a text that does not render stays as it is. */
  renderer(packageName: string): Describe {
    return text => (hasJinja(text) ? this.#described.get(`${packageName}\n${text}`) : text);
  }

  /** Why a description does not render; names of blocks that do not exist are told elsewhere. */
  problemOf(packageName: string, text: string): string | undefined {
    const doc = (): string => '';
    const result = this.#structure.renderer('docs', { packageName, doc })(text);
    return 'problem' in result ? result.problem : undefined;
  }

  /** Why the contents of a docs block do not render. */
  problemOfBlock(text: string): string | undefined {
    const result = this.#structure.renderer('docs')(text);
    return 'problem' in result ? result.problem : undefined;
  }

  #describe(key: string): string {
    const end = key.indexOf('\n');
    const packageName = key.slice(0, end);
    const text = key.slice(end + 1);
    const doc = (named: string | undefined, name: string): string | undefined => {
      const found = this.resolveDoc(named, name, packageName);
      return found && this.docContents.get(found.uniqueId);
    };
    const result = this.#structure.renderer('docs', { packageName, doc })(text);
    return 'value' in result && typeof result.value === 'string' ? result.value : text;
  }

  /** The docs block that `doc('name')` or `doc('package', 'name')` means in a package. */
  resolveDoc(named: string | undefined, name: string, nodePackage: string): Declared | undefined {
    const candidates = this.#inputs.declared.get(`doc:${name}`) ?? [];
    const rootPackage = this.#structure.rootProject().name;
    const scope = { rootPackage, nodePackage, prefersNodePackage: false };
    for (const packageName of packagesToSearch({ package: named }, scope)) {
      const found = candidates.find(it => packageName === undefined || it.packageName === packageName);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
