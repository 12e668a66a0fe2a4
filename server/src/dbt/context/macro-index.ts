import type { ManifestView, MacroView } from '../compile/manifest-view.ts';
import { builtinMacros } from '../macros/library.ts';

type MacroTable = ReadonlyMap<string, MacroView>;

/** All macros that a project's templates can reach, by package and name. */
export interface MacroIndex {
  /** The root project's and every installed package's. */
  readonly packages: ReadonlyMap<string, MacroTable>;
  /** The built-in ones under one roof, an adapter's own hiding those it inherits: the namespace `dbt`. */
  readonly builtin: MacroTable;
  /** The built-in ones by their own packages: `dbt`, `dbt_postgres`. */
  readonly builtinPackages: ReadonlyMap<string, MacroTable>;
}

const indexes = new WeakMap<ManifestView['macros'], MacroIndex>();

/** The index of a project's macros; made once for a list of macros. */
export function macroIndex(view: ManifestView): MacroIndex {
  const known = indexes.get(view.macros);
  if (known !== undefined) return known;
  const builtin = builtinMacros(view.adapterType);
  const index = {
    packages: byPackage(view.macros),
    // The nearest adapter's macros come first, so they are set last.
    builtin: new Map(builtin.toReversed().map(macro => [macro.name, macro])),
    builtinPackages: byPackage(builtin),
  };
  indexes.set(view.macros, index);
  return index;
}

function byPackage(macros: readonly MacroView[]): ReadonlyMap<string, MacroTable> {
  const packages = new Map<string, Map<string, MacroView>>();
  for (const macro of macros) {
    const table = packages.get(macro.packageName) ?? new Map<string, MacroView>();
    packages.set(macro.packageName, table.set(macro.name, macro));
  }
  return packages;
}

/** What a bare name means in the templates of one package: its own macro, root's, else a built-in one. */
export function findMacro(
  index: MacroIndex,
  name: string,
  from: { local: string; root: string },
): MacroView | undefined {
  return (
    index.packages.get(from.local)?.get(name) ?? index.packages.get(from.root)?.get(name) ?? index.builtin.get(name)
  );
}

/** The names that `findMacro` knows for the templates of one package, and those of packages. */
export function macroNames(
  { packages, builtin, builtinPackages }: MacroIndex,
  from: { local: string; root: string },
): readonly string[] {
  const near = [from.local, from.root].flatMap(name => [...(packages.get(name)?.keys() ?? [])]);
  return [...near, ...packages.keys(), 'dbt', ...builtinPackages.keys(), ...builtin.keys()];
}

/**
 * A bare name in a generic test: dbt knows there every macro that the test's macro comes to call, wherever it lies, so
 * the macros of a package find each other without its name.
 */
export function findAnywhere(index: MacroIndex, name: string, testPackage: string | undefined): MacroView | undefined {
  const own = testPackage === undefined ? undefined : index.packages.get(testPackage)?.get(name);
  if (own !== undefined) return own;
  for (const table of index.packages.values()) {
    const macro = table.get(name);
    if (macro !== undefined) return macro;
  }
  return undefined;
}

/** What `package.name` means; `dbt` stands for all built-in packages together. */
export function macroOfPackage(index: MacroIndex, packageName: string, name: string): MacroView | undefined {
  if (packageName === 'dbt') return index.builtin.get(name);
  return (index.packages.get(packageName) ?? index.builtinPackages.get(packageName))?.get(name);
}

/** Whether templates can say `packageName.…`. */
export const isMacroPackage = (index: MacroIndex, packageName: string): boolean =>
  packageName === 'dbt' || index.packages.has(packageName) || index.builtinPackages.has(packageName);
