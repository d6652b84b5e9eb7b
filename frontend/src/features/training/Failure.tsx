import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { Notice } from '../../app/Notice';
import { CommandFailure } from '../../ipc/errors';
import { CodeLine } from '../exports/CodeLine';

const commands: Record<string, readonly string[]> = {
  trainer_not_installed: ['pip install torch', 'pip install "raise-finetune[trainer]"'],
  adapters_not_installed: ['pip install "raise-finetune[adapters]"'],
  inference_not_installed: ['pip install "raise-finetune[inference]"'],
  tokens_not_installed: ['pip install "raise-finetune[tokens]"'],
};

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** What went wrong; where a part is not installed, with the commands to copy that install it. */
export function Failure({ error, onRetry }: Props) {
  const missing = error instanceof CommandFailure ? (commands[error.code] ?? []) : [];
  return (
    <Stack gap="sm">
      <FailureNote error={error} {...(onRetry !== undefined && { onRetry })} />
      <Commands lines={missing} />
    </Stack>
  );
}

/** Says before anything is started that this machine cannot train yet, and how it could. */
export function MissingTrainer({ reason }: { reason: string }) {
  return (
    <Stack gap="sm">
      <Notice>{reason}</Notice>
      <Commands lines={commands.trainer_not_installed ?? []} />
    </Stack>
  );
}

function Commands({ lines }: { lines: readonly string[] }) {
  const { t } = useTranslation();
  return lines.map((line) => (
    <CodeLine
      key={line}
      label={t('training.install.run')}
      code={line}
      copy={t('training.install.copy')}
    />
  ));
}
