/** What functions do, in a line, by lower-case name; the same in every dialect that has them. */
const lines = `
sum: The sum of all values that are not NULL.
`;

let read: ReadonlyMap<string, string> | undefined;

/** One line about a function, where we have written one. */
export function documentationOf(name: string): string | undefined {
  read ??= new Map(
    lines
      .trim()
      .split('\n')
      .flatMap(it => {
        const colon = it.indexOf(': ');
        return it
          .slice(0, colon)
          .split(', ')
          .map((key): [string, string] => [key, it.slice(colon + 2)]);
      }),
  );
  return read.get(name.toLowerCase());
}
