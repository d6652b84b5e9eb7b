import type { FailurePlace } from '../session/failures';
import type { Recipe, SectionName } from '../session/recipe';

/** What the fields of one section of the recipe are given. */
export interface GroupProps<Name extends SectionName> {
  values: Recipe[Name];
  onChange: (part: Partial<Recipe[Name]>) => void;
  errorAt: (place: FailurePlace) => string | undefined;
}
