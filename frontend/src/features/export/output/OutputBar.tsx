import { Button, Kbd, TextInput } from '@mantine/core';
import { IconPackageExport } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { placeOfFailure, useFieldError } from '../session/failures';
import { useExportJob } from '../session/RunningExport';
import { BrowseButton } from './BrowseButton';
import classes from './OutputBar.module.css';
import { OutputExplanation } from './OutputExplanation';
import type { Output } from './useOutput';
import { useTakenOverFocus } from './useTakenOverFocus';

interface Props {
  output: Output;
  onExport: () => void;
}

/** Where the dataset goes, and the button that makes it. */
export function OutputBar({ output, onExport }: Props) {
  const { t } = useTranslation();
  const { job } = useExportJob();
  const failure = output.failure ?? (job.state === 'failed' ? job.error : null);
  const error = useFieldError(failure)('outputPath');
  const field = useRef<HTMLInputElement>(null);
  useTakenOverFocus(field, job.state === 'failed' || job.state === 'cancelled');
  return (
    <div className={classes.bar}>
      {failure !== null && placeOfFailure(failure) === null && <FailureNote error={failure} />}
      {job.state === 'cancelled' && (
        <p role="status" className={classes.note}>
          {t('export.progress.cancelled')}
        </p>
      )}
      <div className={classes.form}>
        <TextInput
          ref={field}
          classNames={{
            root: classes.field,
            label: classes.label,
            wrapper: classes.path,
            error: classes.under,
            description: `${classes.under} ${classes.said}`,
          }}
          label={t('export.target.label')}
          spellCheck={false}
          value={output.written}
          error={error}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          description={<OutputExplanation output={output} />}
          onChange={(event) => output.write(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <BrowseButton
            name={output.place?.path.split(/[\\/]/).at(-1) ?? ''}
            onChosen={output.write}
            onFailure={output.fail}
          />
          <Button
            leftSection={<IconPackageExport size={18} aria-hidden />}
            rightSection={<Kbd className={classes.keys}>Ctrl ↵</Kbd>}
            aria-keyshortcuts="Control+Enter"
            disabled={output.place === null}
            onClick={onExport}
          >
            {t('export.target.export')}
          </Button>
        </div>
      </div>
    </div>
  );
}
