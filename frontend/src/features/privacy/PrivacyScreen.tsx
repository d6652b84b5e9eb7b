import { Button, Group, SegmentedControl, Stack, Switch } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { ScreenHeader } from '../../app/ScreenHeader';
import { Waiting } from '../../app/Waiting';
import { useSettings } from '../../ipc/settings';
import { useExportSession } from '../export/session/ExportSession';
import type { Recipe } from '../export/session/recipe';
import { WelcomePanel } from '../welcome/WelcomePanel';
import { Coverage } from './Coverage';
import { maskedPlaces } from './decisions';
import { Findings } from './findings/Findings';
import { type Scan, useScan } from './findings/useScan';
import { KeepDecisions } from './KeepDecisions';
import { NamesModel } from './NamesModel';
import { OwnList } from './OwnList';
import classes from './PrivacyScreen.module.css';
import { lookAt, type PrivacyView, usePrivacyView, views } from './view';

/** What an export masks: to look at, to decide about, and what it does not find. */
export function PrivacyScreen() {
  const { t } = useTranslation();
  const folder = useSettings().data?.dataFolder;
  const { recipe, failure, retry } = useExportSession();
  const isMissing = folder !== undefined && !folder.exists;
  if (recipe !== undefined && !isMissing) {
    return <Review recipe={recipe} />;
  }
  return (
    <Stack p="xl" gap="lg">
      <ScreenHeader title={t('screen.privacy')} lead={t('privacy.lead')} />
      {isMissing && <WelcomePanel folder={folder} />}
      {!isMissing && failure === null && <Waiting />}
      {!isMissing && failure !== null && <FailureNote error={failure} onRetry={retry} />}
    </Stack>
  );
}

function Review({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation();
  const { view } = usePrivacyView();
  const scan = useScan(recipe);
  return (
    <div className={classes.screen}>
      <header className={classes.header}>
        <ScreenHeader title={t('screen.privacy')} lead={useLead(recipe, scan)}>
          <SegmentedControl
            className={classes.views}
            aria-label={t('privacy.views')}
            value={view}
            data={views.map((value) => ({ value, label: t(`privacy.view.${value}`) }))}
            onChange={(value) => lookAt({ view: value as PrivacyView['view'] })}
          />
        </ScreenHeader>
        {view === 'findings' && <Actions recipe={recipe} scan={scan} />}
        {view === 'findings' && <Standing recipe={recipe} scan={scan} />}
      </header>
      {view === 'findings' && (
        <Findings recipe={recipe} scan={scan} onCoverage={() => lookAt({ view: 'coverage' })} />
      )}
      {view === 'own' && <OwnList />}
      {view === 'coverage' && <Coverage />}
    </div>
  );
}

interface ReviewProps {
  recipe: Recipe;
  scan: Scan;
}

function Actions({ recipe, scan }: ReviewProps) {
  const { t } = useTranslation();
  const { change, show } = useExportSession();
  return (
    <Group justify="space-between" mt="sm" gap="md">
      <Switch
        size="sm"
        label={t('privacy.enabled')}
        checked={recipe.sanitize.enabled}
        onChange={(event) => change('sanitize', { enabled: event.currentTarget.checked })}
      />
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconRefresh size={15} aria-hidden />}
          disabled={scan.isLooking}
          onClick={scan.lookAgain}
        >
          {t('privacy.scan.again')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          component="a"
          href="#/export"
          onClick={() => show('new')}
        >
          {t('privacy.toExport')}
        </Button>
      </Group>
    </Group>
  );
}

/** Who looks for names, and whether what was decided holds for later exports. */
function Standing({ recipe, scan }: ReviewProps) {
  return (
    <Group justify="space-between" mt="xs" gap="xs">
      <NamesModel recipe={recipe} error={scan.error} />
      <KeepDecisions recipe={recipe} />
    </Group>
  );
}

/** What will happen, in a sentence. */
function useLead(recipe: Recipe, { found, isLooking }: ReviewProps['scan']): string {
  const { t } = useTranslation();
  if (!recipe.sanitize.enabled) {
    return t('privacy.off');
  }
  if (found === undefined || isLooking || found.examples === 0) {
    return t('privacy.lead');
  }
  return t('privacy.plan', {
    places: t('privacy.places', { count: maskedPlaces(recipe.sanitize, found.types) }),
    examples: t('privacy.examples', { count: found.examples }),
  });
}
