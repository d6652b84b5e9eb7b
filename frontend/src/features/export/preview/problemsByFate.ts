import type { Problem } from '../../../ipc/generated';

const remedied = [
  'invalid_rating',
  'invalid_json',
  'not_an_object',
  'too_large',
  'unreadable',
  'vanished',
  'symlink',
] as const;

export type RemediedFate = (typeof remedied)[number];

export function hasRemedy(fate: string): fate is RemediedFate {
  return (remedied as readonly string[]).includes(fate);
}

/** Whether the records of a fate can be read at all. */
export function isReadable(fate: string): boolean {
  return fate === 'invalid_rating' || !hasRemedy(fate);
}

/** The problems of each fate together, in the order in which the fates first occur. */
export function problemsByFate(problems: readonly Problem[]): [fate: string, Problem[]][] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const group = groups.get(problem.fate);
    if (group === undefined) {
      groups.set(problem.fate, [problem]);
    } else {
      group.push(problem);
    }
  }
  return [...groups];
}
