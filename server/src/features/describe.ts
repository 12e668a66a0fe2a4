import type { ColumnInfo, MacroNode, ManifestNode } from '../dbt/manifest/node.ts';
import type { Declaration, ModelDb } from '../model/db.ts';

/** A declaration in words: its kind and name, the project's own description, where it lives, its columns. Markdown. */
export function describe(db: ModelDb, declaration: Declaration): string {
  const node = declaration.uniqueId === undefined ? undefined : db.node(declaration.uniqueId);
  if (node === undefined) return describeVar(db, declaration);
  return [heading(node), descriptionOf(node), facts(node), columnsOf(node)].filter(it => it !== '').join('\n\n');
}

function heading(node: ManifestNode): string {
  const kind =
    'config' in node ? [materializationOf(node), kindName(node)].filter(it => it !== '').join(' ') : kindName(node);
  if (node.resourceType === 'macro') return `\`${signature(node)}\` · ${kind}`;
  const name = node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name;
  return `**${name}** · ${kind}`;
}

const kindName = (node: ManifestNode): string => node.resourceType.replaceAll('_', ' ');

function materializationOf(node: ManifestNode): string {
  if (node.resourceType !== 'model' || !('config' in node)) return '';
  const materialized = node.config.get('materialized');
  return typeof materialized === 'string' ? materialized : '';
}

function signature(node: MacroNode): string {
  const parameters = node.parameters.map(it =>
    it.defaultText === undefined ? it.name : `${it.name}=${it.defaultText}`,
  );
  return `${node.name}(${parameters.join(', ')})`;
}

function descriptionOf(node: ManifestNode): string {
  return node.resourceType === 'doc' ? node.contents.trim() : node.description.trim();
}

function facts(node: ManifestNode): string {
  const lines: string[] = [];
  if ('relation' in node && node.relation?.relationName !== undefined) lines.push(`\`${node.relation.relationName}\``);
  lines.push(`${node.packageName} · ${node.originalPath}`);
  return lines.join('  \n');
}

const SHOWN_COLUMNS = 30;

function columnsOf(node: ManifestNode): string {
  if (!('columns' in node) || node.columns.length === 0) return '';
  const rows = node.columns.slice(0, SHOWN_COLUMNS).map(columnRow);
  const rest = node.columns.length - rows.length;
  const more = rest > 0 ? [`| … ${rest} more | | |`] : [];
  return ['| column | type | |', '|---|---|---|', ...rows, ...more].join('\n');
}

function columnRow(column: ColumnInfo): string {
  return `| ${cell(column.name)} | ${cell(column.dataType ?? '')} | ${cell(column.description)} |`;
}

/** A table cell is one line, and a bar would end it. */
const cell = (text: string): string => text.trim().replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');

/** A var's value, where one line can show it. */
function describeVar(db: ModelDb, declaration: Declaration): string {
  const value = db.project().vars.get(declaration.name);
  const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return `**${declaration.name}** · ${declaration.kind}${isPlain ? ` = \`${String(value)}\`` : ''}`;
}
