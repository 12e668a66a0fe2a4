import { isList, isMap, textOfKey, Timestamp, type Data, type DataScalar } from '../manifest/data.ts';
import type { KeyPath } from '../manifest/mistake.ts';

/** Renders one text with Jinja in it natively, so that a value may come out as a number, a list or nothing. */
export type RenderText = (text: string) => RenderedText;
export type RenderedText = { readonly value: Data } | { readonly problem: string };

export interface RenderDataOptions {
  readonly render: RenderText;
  /** Whether what stands at a path stays as it is, because dbt renders it later or never. */
  readonly keeps: (path: KeyPath) => boolean;
  readonly onProblem: (path: KeyPath, message: string) => void;
}

/**
 * Renders every text inside `data`, and makes texts of its dates; parts without either stay the same values. A text that
 * does not render stays as written.
 */
export function renderData(data: Data, options: RenderDataOptions, path: KeyPath = []): Data {
  if (!isRenderable(data)) return data;
  if (isList(data)) return data.map((item, at) => renderData(item, options, [...path, at]));
  if (isMap(data)) {
    const rendered = new Map<DataScalar, Data>();
    for (const [key, value] of data) rendered.set(key, renderData(value, options, [...path, textOfKey(key)]));
    return rendered;
  }
  if (options.keeps(path)) return data;
  if (data instanceof Timestamp) return data.isoText;
  return typeof data === 'string' ? renderedText(data, options, path) : data;
}

function isRenderable(data: Data): boolean {
  if (typeof data === 'string') return hasJinja(data) || /\r|\n$/.test(data);
  if (isList(data)) return data.some(isRenderable);
  if (!isMap(data)) return data instanceof Timestamp;
  for (const value of data.values()) if (isRenderable(value)) return true;
  return false;
}

/** Whether a text holds anything that Jinja would act on. */
export const hasJinja = (text: string): boolean => /\{\{|\{%|\{#|#\}|\}\}|%\}/.test(text);

/** What rendering makes of a text in which Jinja finds nothing to do: its last line break goes, the others are `\n`. */
export const plainText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/\n$/, '');

function renderedText(text: string, options: RenderDataOptions, path: KeyPath): Data {
  if (!hasJinja(text)) return plainText(text);
  const result = options.render(text);
  if ('value' in result) return result.value;
  options.onProblem(path, `Could not render ${text}: ${result.problem}`);
  return text;
}
