import type { RefCall, SourceCall } from '../dbt/manifest/node.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { usesInTemplate } from './uses.ts';

/** The refs and sources that texts of YAML name. */
export interface LiteralCalls {
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
}

/** The refs and sources among texts such as `ref('orders')`. */
export function literalCalls(texts: readonly string[]): LiteralCalls {
  const uses = texts.flatMap(text => usesInTemplate(parseJinja(`{{${text}}}`)));
  const refs = uses.flatMap(use =>
    use.kind === 'ref' ? [{ package: use.package, name: use.name, version: use.version }] : [],
  );
  const sources = uses.flatMap(use => (use.kind === 'source' ? [{ source: use.source, table: use.table }] : []));
  return { refs, sources };
}
