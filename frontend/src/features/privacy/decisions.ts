/** What the user decided about sensitive data, as the recipe says it. */
import type { SanitizeOptionsOutput, SensitiveType } from '../../ipc/generated';
import type { Recipe } from '../export/session/recipe';

export type FindingType = SensitiveType['type'];
export type Action = 'mask' | 'drop' | 'leave';
export type Decisions = Pick<SanitizeOptionsOutput, 'actions' | 'allow'>;

export const actions = ['mask', 'drop', 'leave'] as const satisfies readonly Action[];

/** What becomes of the findings of one type; without a decision they are masked. */
export function actionOf({ actions: chosen }: Decisions, type: FindingType): Action {
  return chosen[type] ?? 'mask';
}

/** The actions with one changed; masking, which needs no decision, is not written down. */
export function withAction(
  { actions: chosen }: Decisions,
  type: FindingType,
  action: Action,
): Decisions['actions'] {
  const { [type]: _, ...others } = chosen;
  return action === 'mask' ? others : { ...others, [type]: action };
}

/** Whether one value stays as it is; the program compares without regard to case. */
export function isAllowed({ allow }: Decisions, value: string): boolean {
  return allow.some((allowed) => isSame(allowed, value));
}

/** The values that stay, with one added or taken away. */
export function withAllowed({ allow }: Decisions, value: string, stays: boolean): string[] {
  const others = allow.filter((allowed) => !isSame(allowed, value));
  return stays ? [...others, value] : others;
}

function isSame(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Whether anything was decided that an export would not do by itself. */
export function hasDecided({ actions: chosen, allow, nerModel }: SanitizeOptionsOutput): boolean {
  return Object.keys(chosen).length > 0 || allow.length > 0 || nerModel !== '';
}

/** Whether both treat the same data alike; turning masking off is no such decision. */
export function isSameDecision(one: SanitizeOptionsOutput, other: SanitizeOptionsOutput): boolean {
  return written(one) === written(other);
}

function written({ enabled: _, actions: chosen, allow, ...others }: SanitizeOptionsOutput): string {
  return JSON.stringify([Object.entries(chosen).sort(), [...allow].sort(), others]);
}

/** The recipe that finds everything, so that what was decided can be decided again. */
export function toReview(recipe: Recipe): Recipe {
  return { ...recipe, sanitize: { ...recipe.sanitize, enabled: true, actions: {}, allow: [] } };
}

/** How much of what was found will be masked: places, not different values. */
export function maskedPlaces(decisions: Decisions, types: readonly SensitiveType[]): number {
  return types
    .filter(({ type }) => actionOf(decisions, type) === 'mask')
    .reduce((sum, { count }) => sum + count, 0);
}
