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

/** Whether a text is one `ref` or `source` and nothing else, as where dbt looks for one without rendering anything. */
export function isLiteralCall(text: string): boolean {
  const isExpression = !/\{[{%#]/.test(text) && parseJinja(`{{${text}}}`).problems.length === 0;
  const { refs, sources } = literalCalls([text]);
  return isExpression && refs.length + sources.length === 1;
}
