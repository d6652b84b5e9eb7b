import type { ExportRecipeOutput } from '../../../ipc/generated';

export type Recipe = ExportRecipeOutput;
export type SectionName =
  | 'source'
  | 'rating'
  | 'filter'
  | 'examples'
  | 'quality'
  | 'dedup'
  | 'sanitize'
  | 'output'
  | 'tokens';

export function withSection<Name extends SectionName>(
  recipe: Recipe,
  name: Name,
  part: Partial<Recipe[Name]>,
): Recipe {
  return { ...recipe, [name]: { ...recipe[name], ...part } };
}

/** Recipes come as JSON with their keys in one order, so equal ones have equal texts. */
export function isSameRecipe(one: Recipe, other: Recipe): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
