import { MACRO_BLOCKS, scanBlocks, type FileBlock } from '../../syntax/jinja/blocks.ts';
import type { MacroText, MacroView } from '../compile/manifest-view.ts';
import type { UniqueId } from '../manifest/node.ts';
import { macroLibrary, type MacroLibraryFile } from './library.generated.ts';

/** One macro of the built-in library: its header and its text. */
export interface BuiltinMacro {
  readonly view: MacroView;
  readonly text: MacroText;
}

/** An adapter's own name and those it inherits macros from, nearest first, `default` last: the prefixes of dispatch. */
export function adapterPrefixes(adapterType: string): readonly string[] {
  const parent = PARENTS.get(adapterType);
  return parent === undefined ? [adapterType, 'default'] : [adapterType, parent, 'default'];
}

const PARENTS: ReadonlyMap<string, string> = new Map([
  ['redshift', 'postgres'],
  ['databricks', 'spark'],
]);

/** The names of the built-in packages of an adapter, nearest first: `dbt_duckdb`, `dbt`. */
export const builtinPackages = (adapterType: string): readonly string[] => adapterPrefixes(adapterType).map(packageOf);

const packageOf = (folder: string): string => (folder === 'default' ? 'dbt' : `dbt_${folder}`);

/** The macros that every project of an adapter has, the adapter's own before those it inherits. */
export function builtinMacros(adapterType: string): readonly MacroView[] {
  return adapterPrefixes(adapterType).flatMap(folder => macrosOf(folder).map(macro => macro.view));
}

/** The text of a built-in macro by its unique id. */
export function builtinMacroText(uniqueId: UniqueId): MacroText | undefined {
  const packageName = uniqueId.split('.')[1] ?? '';
  const folder = packageName === 'dbt' ? 'default' : packageName.replace(/^dbt_/, '');
  return textsOf(folder).get(uniqueId);
}

const byFolder = new Map<string, readonly BuiltinMacro[]>();

function macrosOf(folder: string): readonly BuiltinMacro[] {
  const known = byFolder.get(folder);
  if (known !== undefined) return known;
  const macros = macroLibrary.filter(file => file.path.startsWith(`${folder}/`)).flatMap(macrosInFile);
  byFolder.set(folder, macros);
  return macros;
}

const textsByFolder = new Map<string, ReadonlyMap<UniqueId, MacroText>>();

function textsOf(folder: string): ReadonlyMap<UniqueId, MacroText> {
  const known = textsByFolder.get(folder);
  if (known !== undefined) return known;
  const texts = new Map(macrosOf(folder).map(macro => [macro.view.uniqueId, macro.text]));
  textsByFolder.set(folder, texts);
  return texts;
}

function macrosInFile(file: MacroLibraryFile): readonly BuiltinMacro[] {
  const folder = file.path.slice(0, file.path.indexOf('/'));
  const packageName = packageOf(folder);
  const { blocks } = scanBlocks(file.text, { allowed: MACRO_BLOCKS, withData: false });
  return blocks.map(block => {
    const name = storedName(file.text, block);
    const path = `macros/${file.path.slice(folder.length + 1)}`;
    return {
      view: {
        uniqueId: `macro.${packageName}.${name}`,
        name,
        packageName,
        file: `${packageName}/${path}`,
        originalPath: path,
      },
      text: { fileText: file.text, range: block.full },
    };
  });
}

/** The name that calls see: tests and materializations have their kind in front of it. */
function storedName(text: string, block: FileBlock): string {
  const name = block.name ?? '';
  if (block.type === 'macro') return name;
  if (block.type !== 'materialization') return `test_${name}`;
  const header = text.slice(block.full.start, block.contents.start);
  const adapter = /adapter\s*=\s*['"](\w+)['"]/.exec(header)?.[1] ?? 'default';
  return `materialization_${name}_${adapter}`;
}
