import { hasRemedy } from './problemsByFate';

export interface FateShare {
  fate: string;
  count: number;
  share: number;
  /** Kept, left out as it should be, or unusable as it is. */
  group: 'kept' | 'choice' | 'problem';
}

/** What became of the records: those that were kept first, then the commonest reasons. */
export function fateShares(fates: Readonly<Record<string, number>>): FateShare[] {
  const total = Object.values(fates).reduce((sum, count) => sum + count, 0);
  return Object.entries(fates)
    .filter(([, count]) => count > 0)
    .map(([fate, count]) => ({ fate, count, share: count / total, group: groupOf(fate) }))
    .sort((one, other) => rank(one) - rank(other) || other.count - one.count);
}

function groupOf(fate: string): FateShare['group'] {
  if (fate === 'exported') {
    return 'kept';
  }
  return hasRemedy(fate) ? 'problem' : 'choice';
}

function rank(share: FateShare): number {
  return share.group === 'kept' ? 0 : 1;
}

const chosen = [
  'unrated',
  'rated_too_low',
  'tag_filtered',
  'outside_dates',
  'other_language',
  'documentation_out',
  'not_published',
  'near_duplicate',
  'too_short',
  'too_long',
  'refusal',
  'repetitive',
  'repeats_question',
  'mixed_languages',
  'sensitive_data',
] as const;

/** Whether a change of the recipe lets the records of a fate in. */
export function isChosen(fate: string): fate is (typeof chosen)[number] {
  return (chosen as readonly string[]).includes(fate);
}

const NAMED_OBSTACLES = 3;

/** The choices that keep most records out; where it is none of them, the commonest reason. */
export function obstacles(fates: Readonly<Record<string, number>>): FateShare[] {
  const reasons = fateShares(fates).filter((share) => share.group !== 'kept');
  const choices = reasons.filter((share) => isChosen(share.fate));
  return choices.length > 0 ? choices.slice(0, NAMED_OBSTACLES) : reasons.slice(0, 1);
}
