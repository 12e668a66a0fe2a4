/** Whether a version of dbt satisfies all requirements: `>=1.5.0`, `<2.0.0`, `=1.11.0`, or several with commas between. */
export function satisfies(version: string, requirements: readonly string[]): boolean {
  return requirements.flatMap(it => it.split(',')).every(it => satisfiesOne(version, it.trim()));
}

const REQUIREMENT = /^(>=|<=|>|<|=)?\s*v?(\d+(?:\.\d+)*)(.*)$/;

function satisfiesOne(version: string, requirement: string): boolean {
  const match = REQUIREMENT.exec(requirement);
  if (match === null) return true;
  const [, operator = '=', wanted = ''] = match;
  const order = compareVersions(version, wanted);
  switch (operator) {
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '<':
      return order < 0;
    default:
      return order === 0;
  }
}

function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
