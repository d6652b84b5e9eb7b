import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import type { PrivacyScanResponse } from '../../../ipc/generated';
import { useExportSession } from '../../export/session/ExportSession';
import type { Recipe } from '../../export/session/recipe';
import type { Decisions } from '../decisions';
import { lookAt, usePrivacyView } from '../view';
import classes from './Findings.module.css';
import { ScanProgress } from './ScanProgress';
import { TypeList } from './TypeList';
import { TypeValues } from './TypeValues';
import type { Scan } from './useScan';

interface Props {
  recipe: Recipe;
  scan: Scan;
  /** Shows what masking finds and what it does not. */
  onCoverage: () => void;
}

/** What was found, by type, and what is decided about it. */
export function Findings({ recipe, scan, onCoverage }: Props) {
  const { t } = useTranslation();
  const { found, error, isLooking } = scan;
  if (isLooking || (found === undefined && error === null)) {
    return <ScanProgress scan={scan} />;
  }
  if (found === undefined) {
    return (
      <div className={classes.alone}>
        <FailureNote error={error} onRetry={scan.lookAgain} />
      </div>
    );
  }
  if (found.examples === 0) {
    return (
      <div className={classes.alone}>
        <Text fw={600}>{t('privacy.noExamples')}</Text>
        <Text size="sm" c="var(--ink-soft)" maw="32rem">
          {t('privacy.noExamplesHelp')}
        </Text>
      </div>
    );
  }
  if (found.types.length === 0) {
    return (
      <div className={classes.alone}>
        <Text fw={600}>{t('privacy.nothing', { count: found.examples })}</Text>
        <Text size="sm" c="var(--ink-soft)">
          {t('privacy.nothingHelp')}
        </Text>
        <Button size="xs" variant="default" onClick={onCoverage}>
          {t('privacy.seeCoverage')}
        </Button>
      </div>
    );
  }
  return (
    <Found found={found} recipe={recipe} onLookAgain={scan.lookAgain} onCoverage={onCoverage} />
  );
}

interface FoundProps {
  found: PrivacyScanResponse;
  recipe: Recipe;
  onLookAgain: () => void;
  onCoverage: () => void;
}

function Found({ found, recipe, onLookAgain, onCoverage }: FoundProps) {
  const { change } = useExportSession();
  const { type: wanted } = usePrivacyView();
  const shown = found.types.find(({ type }) => type === wanted) ?? found.types[0];
  const decide = (part: Partial<Decisions>) => change('sanitize', part);
  return (
    <div className={classes.panes}>
      <TypeList
        types={found.types}
        decisions={recipe.sanitize}
        shown={shown?.type}
        onShow={(type) => lookAt({ type })}
        onCoverage={onCoverage}
      />
      {shown !== undefined && (
        <TypeValues
          key={shown.type}
          scan={found.scan}
          found={shown}
          decisions={recipe.sanitize}
          isMasking={recipe.sanitize.enabled}
          onDecide={decide}
          onLookAgain={onLookAgain}
        />
      )}
    </div>
  );
}
