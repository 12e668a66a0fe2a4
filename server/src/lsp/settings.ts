import type { ServerSettings } from '../protocol.ts';

/**
 * The settings a client sent, with defaults for what it left out, so that a client that knows only one of them can set
 * that one; `undefined` when it sent none. Trust has to be given: a client that says nothing is not trusted.
 */
export function readSettings(sent: unknown): ServerSettings | undefined {
  if (!isRecord(sent)) return undefined;
  return {
    trusted: sent['trusted'] === true,
    target: textOrNull(sent['target']),
    profilesDir: textOrNull(sent['profilesDir']),
    selectedTargets: textsOf(sent['selectedTargets']),
    vars: textsOf(sent['vars']),
    inlayTypes: sent['inlayTypes'] === true,
    reportStars: sent['reportStars'] === true,
    codeLenses: sent['codeLenses'] === true,
  };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).flatMap(([key, it]) => (typeof it === 'string' ? [[key, it]] : [])));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
