import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FormGroup, GroupedForm } from '../../../app/GroupedForm';
import { useExportSession } from '../session/ExportSession';
import { type FailurePlace, placeOfFailure } from '../session/failures';
import type { Recipe, SectionName } from '../session/recipe';
import { ExampleFields } from './ExampleFields';
import { FilterFields } from './FilterFields';
import { OutputFields } from './OutputFields';
import { QualityFields } from './QualityFields';
import { RatingFields } from './RatingFields';
import { SanitizeFields } from './SanitizeFields';
import { SourceFields } from './SourceFields';
import { TokenFields } from './TokenFields';
import { useSummaries } from './useSummaries';

interface Props {
  recipe: Recipe;
  isOneFile: boolean;
  errorAt: (place: FailurePlace) => string | undefined;
  failure: unknown;
}

/** The sections that stand in the group of another one, and that group. */
const GROUP_OF: Partial<Record<string, string>> = { dedup: 'quality', tokens: 'output' };
type GroupName = Exclude<SectionName, 'dedup' | 'tokens'>;

/** The recipe as a form, in the order in which an export goes. */
export function RecipeForm({ recipe, isOneFile, errorAt, failure }: Props) {
  const { t } = useTranslation();
  const { change, profiles, openGroups, setOpenGroups } = useExportSession();
  const summaries = useSummaries(recipe, isOneFile);
  useOpenAtFailure(failure);

  const group = (name: GroupName) => ({
    name,
    title: t(`export.group.${name}`),
    summary: summaries[name],
    isOpen: openGroups.includes(name),
  });
  return (
    <GroupedForm order={2} openGroups={openGroups} onOpen={setOpenGroups}>
      <FormGroup {...group('source')}>
        <SourceFields
          values={recipe.source}
          errorAt={errorAt}
          onChange={(part) => change('source', part)}
        />
      </FormGroup>
      <FormGroup {...group('rating')}>
        <RatingFields
          values={recipe.rating}
          isJudging={recipe.output.task === 'kto'}
          errorAt={errorAt}
          onChange={(part) => change('rating', part)}
        />
      </FormGroup>
      <FormGroup {...group('filter')}>
        <FilterFields
          values={recipe.filter}
          errorAt={errorAt}
          onChange={(part) => change('filter', part)}
        />
      </FormGroup>
      <FormGroup {...group('examples')}>
        <ExampleFields
          values={recipe.examples}
          errorAt={errorAt}
          onChange={(part) => change('examples', part)}
        />
      </FormGroup>
      <FormGroup {...group('quality')}>
        <QualityFields
          quality={{
            values: recipe.quality,
            errorAt,
            onChange: (part) => change('quality', part),
          }}
          dedup={{ values: recipe.dedup, errorAt, onChange: (part) => change('dedup', part) }}
        />
      </FormGroup>
      <FormGroup {...group('sanitize')}>
        <SanitizeFields
          values={recipe.sanitize}
          errorAt={errorAt}
          onChange={(part) => change('sanitize', part)}
        />
      </FormGroup>
      <FormGroup {...group('output')}>
        <OutputFields
          values={recipe.output}
          errorAt={errorAt}
          onChange={(part) => change('output', part)}
          profiles={profiles}
          isOneFile={isOneFile}
        >
          <TokenFields
            values={recipe.tokens}
            errorAt={errorAt}
            onChange={(part) => change('tokens', part)}
          />
        </OutputFields>
      </FormGroup>
    </GroupedForm>
  );
}

/** A failure must not hide in a folded group. */
function useOpenAtFailure(failure: unknown): void {
  const { openGroups, setOpenGroups } = useExportSession();
  const named = placeOfFailure(failure)?.split('.')[0];
  const section = named === undefined ? undefined : (GROUP_OF[named] ?? named);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the user may fold it again.
  useEffect(() => {
    if (section !== undefined && !openGroups.includes(section)) {
      setOpenGroups([...openGroups, section]);
    }
  }, [section]);
}
