import type { Offset } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import { dialectFunction } from '../model/sql-meaning.ts';
import type { SqlTree } from '../syntax/sql/parse.ts';
import type { FilePosition } from './file-position.ts';
import { parameterTexts, signatureText } from './function-text.ts';
import { typedSqlAt } from './sql-cursor.ts';

/** The ways to call the function whose arguments are being typed. */
export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  /** The first signature that takes as many arguments as there are. */
  readonly activeSignature: number;
  readonly activeParameter: number;
}

export interface Signature {
  readonly label: string;
  /** Each is a part of the label. */
  readonly parameters: readonly string[];
  readonly documentation: string;
}

/** The signatures of the innermost call around the cursor. */
export function signatureHelp(db: ModelDb, at: FilePosition): SignatureHelp | undefined {
  const cursor = typedSqlAt(db, at);
  const call = cursor && callAround(cursor.statement.tree, cursor.offset);
  const info = call && dialectFunction(call.name, cursor.statement.dialect);
  if (call === undefined || info === undefined || info.signatures.length === 0) return undefined;
  const signatures = info.signatures.map(it => ({
    label: signatureText(info.name, it),
    parameters: parameterTexts(it),
    documentation: info.documentation ?? '',
  }));
  const fitting = info.signatures.findIndex(it => it.variadic || call.nBefore < it.parameters.length);
  const active = Math.max(fitting, 0);
  const last = (info.signatures[active]?.parameters.length ?? 1) - 1;
  return { signatures, activeSignature: active, activeParameter: Math.min(call.nBefore, Math.max(last, 0)) };
}

interface OpenCall {
  readonly name: string;
  /** Number of arguments before the one at the cursor. */
  readonly nBefore: number;
}

/** Looks back from the cursor for a bracket that is not closed before it, and counts the commas on the way. */
function callAround({ text, tokens }: SqlTree, offset: Offset): OpenCall | undefined {
  const words = tokens.filter(it => it.end <= offset && it.kind !== 'space' && it.kind !== 'comment');
  let depth = 0;
  let nBefore = 0;
  for (let at = words.length - 1; at >= 0; at--) {
    const token = words[at];
    const word = token === undefined ? '' : text.slice(token.start, token.end);
    if (word === ')' || word === ']') depth += 1;
    else if (word === '[') depth -= 1;
    else if (word === ',' && depth === 0) nBefore += 1;
    else if (word === '(') {
      if (depth > 0) depth -= 1;
      else {
        const before = words[at - 1];
        return before?.kind === 'name' ? { name: text.slice(before.start, before.end), nBefore } : undefined;
      }
    } else if (word === ';') return undefined;
  }
  return undefined;
}
