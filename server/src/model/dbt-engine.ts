import { captureNode } from '../dbt/compile/capture.ts';
import { compileNode } from '../dbt/compile/compile-node.ts';
import { relationNames } from '../dbt/compile/naming.ts';
import { renderYaml } from '../dbt/context/yaml-context.ts';
import { builtinMacros, builtinMacroText } from '../dbt/macros/library.ts';
import type { TemplateEngine } from './engine.ts';

/** The product's own template engine. */
export const dbtEngine: TemplateEngine = {
  renderYaml,
  capture: captureNode,
  relationNames,
  compile: compileNode,
  builtinMacros,
  builtinMacroText,
};
