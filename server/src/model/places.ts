import type { KeyPath } from '../dbt/manifest/mistake.ts';
import type { Places, UniqueId } from '../dbt/manifest/node.ts';
import { nodeAtPath } from '../dbt/manifest/yaml-data.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import { textOfScalar, dereferenced, keyText, valueOf, type YamlNode } from '../syntax/yaml/tree.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import type { Declared } from './file-summary.ts';
import type { Inputs } from './inputs.ts';
import type { NodeFacts, PatchOfNode } from './node-facts.ts';
import type { Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';
import { templateOrigin } from './templates.ts';

/** Finds where the words of a node stand. Asked only for what is shown, never by other facts. */
export class PlaceFinder {
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #summaries: Summaries;
  readonly #facts: NodeFacts;

  constructor(inputs: Inputs, structure: Structure, summaries: Summaries, facts: NodeFacts) {
    this.#inputs = inputs;
    this.#structure = structure;
    this.#summaries = summaries;
    this.#facts = facts;
  }

  placesOf(id: UniqueId): Places | undefined {
    const declared = this.#facts.declared(id);
    return declared && this.placesOfDeclared(declared);
  }

  placesOfDeclared(declared: Declared): Places {
    const patch = this.#facts.patch.get(declared.uniqueId);
    const patchPlace = patch && this.inYaml(patch.file, patch.entry.path);
    const keys = new Map<string, Origin>();
    const values = new Map<string, Origin>();
    const yaml = this.#entryPlace(declared, patch);
    if (yaml !== undefined) collectKeys(keys, values, yaml.file, yaml.node, '');
    return {
      declaration: this.#declaration(declared),
      name: this.#name(declared),
      patch: patchPlace,
      patchName: patch && this.inYaml(patch.file, [...patch.entry.path, 'name']),
      template: templateOrigin(declared, this.#inputs, this.#summaries),
      keys,
      values,
    };
  }

  /** Where the value at a path of a YAML file stands, or the key that leads to it. */
  inYaml(file: FileId, path: KeyPath, on: 'key' | 'value' = 'value'): Origin {
    const place = nodeAtPath(this.#structure.yaml.get(file).root, path);
    const node = on === 'key' ? (place?.key ?? place?.value) : place?.value;
    if (place === undefined || node === undefined) return { file, start: 0, end: 0 };
    // What should stand here does not: the key above, or the first key of the mapping, is the best place to look.
    if (!place.complete) return { file, ...rangeOf(place.key ?? firstKey(place.value) ?? place.value) };
    return { file, ...rangeOf(node) };
  }

  #entryPlace(declared: Declared, patch: PatchOfNode | undefined) {
    const { at, file } = declared;
    const path = at.kind === 'entry' || at.kind === 'table' || at.kind === 'generic-test' ? at.path : undefined;
    const found = path === undefined ? patch && { file: patch.file, path: patch.entry.path } : { file, path };
    if (found === undefined) return undefined;
    const node = nodeAtPath(this.#structure.yaml.get(found.file).root, found.path)?.value;
    return node && { file: found.file, node };
  }

  #declaration(declared: Declared): Origin {
    const { at, file } = declared;
    switch (at.kind) {
      case 'file':
        return { file, start: 0, end: (this.#inputs.text.get(file) ?? '').length };
      case 'block': {
        const { start = 0, end = 0 } = this.#summaries.blocks.get(file).blocks[at.index]?.full ?? {};
        return { file, start, end };
      }
      case 'entry':
      case 'table':
      case 'generic-test':
      case 'hook':
        return this.inYaml(file, at.path);
    }
  }

  #name(declared: Declared): Origin | undefined {
    const { at, file } = declared;
    switch (at.kind) {
      case 'file':
      case 'hook':
        return undefined;
      case 'block':
        return this.#blockName(file, at.index);
      case 'entry':
      case 'table':
        return this.inYaml(file, [...at.path, 'name']);
      case 'generic-test':
        return this.#testName(file, at.path);
    }
  }

  #blockName(file: FileId, index: number): Origin | undefined {
    const block = this.#summaries.blocks.get(file).blocks[index];
    if (block === undefined) return undefined;
    const text = (this.#inputs.text.get(file) ?? '').slice(block.full.start, block.contents.start);
    const header = parseJinja(text, { tags: 'file' }).body.find(node => node.kind === 'macro');
    if (header === undefined) return undefined;
    const { start, end } = header.nameRange;
    return { file, start: start + block.full.start, end: end + block.full.start };
  }

  /** A test is written as a text, or as the key of its arguments. */
  #testName(file: FileId, path: KeyPath): Origin {
    const node = dereferenced(nodeAtPath(this.#structure.yaml.get(file).root, path)?.value);
    if (node?.kind !== 'mapping') return this.inYaml(file, path);
    const named = valueOf(node, 'test_name');
    return { file, ...rangeOf(named ?? node.entries[0]?.key ?? node) };
  }
}

const rangeOf = ({ start, end }: { readonly start: number; readonly end: number }) => ({ start, end });

function firstKey(node: YamlNode): YamlNode | undefined {
  const real = dereferenced(node);
  return real?.kind === 'mapping' ? real.entries[0]?.key : undefined;
}

/** Names stand for the items of lists whose items have names: `columns.order_id`, not `columns.3`. */
function collectKeys(
  keys: Map<string, Origin>,
  values: Map<string, Origin>,
  file: FileId,
  node: YamlNode,
  prefix: string,
): void {
  const real = dereferenced(node);
  if (real?.kind === 'sequence') {
    for (const [at, item] of real.items.entries()) {
      const name = textOfScalar(valueOf(item, 'name')) ?? String(at);
      values.set(`${prefix}.${name}`, { file, ...rangeOf(item) });
      collectKeys(keys, values, file, item, `${prefix}.${name}`);
    }
  }
  if (real?.kind !== 'mapping') return;
  for (const entry of real.entries) {
    const name = keyText(entry);
    if (name === undefined) continue;
    const path = prefix === '' ? name : `${prefix}.${name}`;
    keys.set(path, { file, ...rangeOf(entry.key) });
    values.set(path, { file, ...rangeOf(entry.value) });
    collectKeys(keys, values, file, entry.value, path);
  }
}
