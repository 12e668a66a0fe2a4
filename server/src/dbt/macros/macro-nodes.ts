import { emptyMap } from '../manifest/data.ts';
import type { MacroNode } from '../manifest/node.ts';
import { builtinMacros } from './library.ts';

/** The built-in macros of an adapter as the manifest holds them, those of the adapter's parents included. */
export function builtinMacroNodes(adapterType: string): readonly MacroNode[] {
  return builtinMacros(adapterType).map(({ uniqueId, name, packageName, file, originalPath }) => ({
    resourceType: 'macro',
    uniqueId,
    name,
    packageName,
    file,
    path: originalPath,
    originalPath,
    block: name.startsWith('materialization_') ? 'materialization' : name.startsWith('test_') ? 'test' : 'macro',
    parameters: [],
    description: '',
    arguments: [],
    meta: emptyMap,
    docs: { show: true, nodeColor: undefined },
    patchFile: undefined,
  }));
}
