import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { useChangeSettings, useSettings } from '../../ipc/settings';
import type { Recipe } from '../export/session/recipe';
import { hasDecided, isSameDecision } from './decisions';

/** What was decided holds for the export at hand; here it is kept for those to come. */
export function KeepDecisions({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation();
  const defaults = useSettings().data?.settings.exportDefaults;
  const change = useChangeSettings();
  if (defaults === undefined) {
    return null;
  }
  if (change.isError) {
    return <FailureNote error={change.error} />;
  }
  if (isSameDecision(recipe.sanitize, defaults.sanitize)) {
    return (
      <Text size="sm" c="var(--ink-soft)" role="status">
        {hasDecided(recipe.sanitize) && t('privacy.keep.kept')}
      </Text>
    );
  }
  const sanitize = { ...recipe.sanitize, enabled: true };
  return (
    <Text size="sm" c="var(--ink-soft)">
      {t('privacy.keep.once')}{' '}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() => change.mutate({ exportDefaults: { sanitize } })}
      >
        {t('privacy.keep.always')}
      </Button>
    </Text>
  );
}
