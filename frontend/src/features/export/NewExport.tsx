import { Button, Group } from '@mantine/core';
import { IconArrowBackUp, IconFileText, IconRestore } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStartKeys } from '../../app/useStartKeys';
import { useFormats } from '../../i18n/formats';
import classes from './ExportScreen.module.css';
import { RecipeForm } from './form/RecipeForm';
import { ExportProgress } from './output/ExportProgress';
import { OutputBar } from './output/OutputBar';
import { useOutput } from './output/useOutput';
import { planSentence } from './plan';
import { PreviewPane } from './preview/PreviewPane';
import { RecipeTextDialog } from './RecipeTextDialog';
import { useExportSession } from './session/ExportSession';
import { placeOfFailure, useFieldError } from './session/failures';
import { endedBadly, type JobRequest } from './session/job';
import { useExportJob } from './session/RunningExport';
import type { Recipe } from './session/recipe';
import { usePreview } from './usePreview';

interface Props {
  recipe: Recipe;
  /** Says what the export would do, in a sentence; null as long as that is not known. */
  onPlan: (plan: string | null) => void;
}

/** The recipe, what it will do, and where the result goes. */
export function NewExport({ recipe, onPlan }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { job, start, cancel } = useExportJob();
  const { setOutputPath } = useExportSession();
  const output = useOutput();
  const isRunning = job.state === 'running';
  const preview = usePreview(recipe, isRunning);
  const isOneFile = output.place?.kind === 'file';
  // A recipe that an export refuses is refused by the preview, too.
  const errorAt = useFieldError(preview.error);
  const outputPath = output.written.trim();
  const begin = useCallback(() => {
    if (!isRunning && outputPath !== '') {
      setOutputPath(outputPath); // a proposed name is the user's own from here on
      start({ outputPath, recipe });
    }
  }, [isRunning, outputPath, recipe, setOutputPath, start]);
  useDismissWhenChanged({ outputPath, recipe });
  const stop = useCallback(() => {
    if (isRunning) {
      cancel();
    }
  }, [isRunning, cancel]);
  useStartKeys({ onStart: begin, onCancel: stop });

  const { preview: found, previewed, error } = preview;
  const plan =
    found === undefined || previewed === undefined || placeOfFailure(error) !== null
      ? null
      : planSentence(found, previewed, isOneFile, t, formats);
  useEffect(() => onPlan(plan), [onPlan, plan]);
  return (
    <>
      <div className={classes.panes}>
        <div className={classes.recipe}>
          <RecipeActions recipe={recipe} />
          <RecipeForm
            recipe={recipe}
            isOneFile={isOneFile}
            errorAt={errorAt}
            failure={preview.error}
          />
        </div>
        <PreviewPane state={preview} isOneFile={isOneFile} isPaused={isRunning} />
      </div>
      {isRunning ? <ExportProgress job={job} /> : <OutputBar output={output} onExport={begin} />}
    </>
  );
}

/** What is said of an export that ended badly holds until something else is asked for. */
function useDismissWhenChanged({ outputPath, recipe }: JobRequest): void {
  const { job, dismiss } = useExportJob();
  const isOver = job.state === 'failed' || job.state === 'cancelled';
  const isChanged = isOver && !endedBadly(job, { outputPath, recipe });
  useEffect(() => {
    if (isChanged) {
      dismiss();
    }
  }, [isChanged, dismiss]);
}

function RecipeActions({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation();
  const { isChanged, replace, undoReplace } = useExportSession();
  const [isTextShown, setTextShown] = useState(false);
  return (
    <Group gap="xs" className={classes.actions}>
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<IconFileText size={14} aria-hidden />}
        onClick={() => setTextShown(true)}
      >
        {t('export.text.open')}
      </Button>
      {isChanged && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconRestore size={14} aria-hidden />}
          onClick={() => replace(undefined)}
        >
          {t('export.reset')}
        </Button>
      )}
      {undoReplace !== undefined && (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          onClick={undoReplace}
        >
          {t('export.undoReplace')}
        </Button>
      )}
      {isTextShown && (
        <RecipeTextDialog recipe={recipe} onClose={() => setTextShown(false)} onLoaded={replace} />
      )}
    </Group>
  );
}
