import type { Callable, CallContext, Value } from '../../render/value.ts';
import type { MacroView } from '../compile/manifest-view.ts';
import { quotePolicy, relationStyle, type QuotePolicy } from '../manifest/relation.ts';
import type { RenderSession } from './render-session.ts';

/** What the adapter's methods work with. */
export interface AdapterHost {
  readonly session: RenderSession;
  /** A macro as a template would call it. */
  readonly callableOf: (macro: MacroView) => Callable;
  /** Calls the macro that a bare name means. */
  readonly callMacro: (context: CallContext, name: string, ...args: readonly Value[]) => Value;
  /** What a bare name means as a macro. */
  readonly findMacro: (name: string) => MacroView | undefined;
}

/** A method of the adapter, made when it is asked for. */
export type AdapterMethod = (host: AdapterHost) => Callable;

/** The adapter's quoting with the project's over it. */
export const projectQuoting = (session: RenderSession): QuotePolicy =>
  quotePolicy(session.view.adapterType, session.view.quoting);

/** An identifier in the adapter's quotes. */
export function inQuotes(session: RenderSession, identifier: string): string {
  const mark = relationStyle(session.view.adapterType).quoteCharacter;
  return `${mark}${identifier}${mark}`;
}
