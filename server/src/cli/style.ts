/** Colours of a terminal, or none. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const code =
  (start: number, end: number) =>
  (text: string): string =>
    text === '' ? '' : `\u001B[${start}m${text}\u001B[${end}m`;

const same = (text: string): string => text;

export const colours: Style = {
  bold: code(1, 22),
  dim: code(2, 22),
  red: code(31, 39),
  green: code(32, 39),
  yellow: code(33, 39),
  cyan: code(36, 39),
};

export const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same };
