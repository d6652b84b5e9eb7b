import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CommandFailure } from '../ipc/errors';
import classes from './FailureNote.module.css';
import { InstallCommands, isInstallable } from './InstallCommands';

interface Props {
  error: unknown;
  onRetry?: () => void;
}

/** Says what went wrong and what to do about it; where a part is not installed, by which command. */
export function FailureNote({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const { message, hint } = useFailureText(error);
  const note = (
    <Alert
      color="red"
      ta="start"
      icon={<IconAlertTriangle />}
      title={<Message text={message} />}
      role="alert"
      // A path or an id of any length is no reason for a line that leaves the window.
      style={{ overflowWrap: 'anywhere' }}
    >
      <Text size="sm">{hint}</Text>
      {onRetry !== undefined && (
        <Button mt="sm" size="xs" variant="default" onClick={onRetry}>
          {t('failure.retry')}
        </Button>
      )}
    </Alert>
  );
  return error instanceof CommandFailure && isInstallable(error.code) ? (
    <Stack gap="sm">
      {note}
      <InstallCommands code={error.code} />
    </Stack>
  ) : (
    note
  );
}

/** From how many characters on a message would leave what to do about it out of sight. */
const LONG = 300;

/** What went wrong; the system's and the libraries' own reasons have any length, and are scrolled. */
function Message({ text }: { text: string }) {
  return text.length < LONG ? (
    text
  ) : (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <span className={classes.long} tabIndex={0}>
      {text}
    </span>
  );
}

/** The words for an error; those of the program are already in the user's language. */
export function useFailureText(error: unknown): { message: string; hint: string } {
  const { t } = useTranslation();
  if (!(error instanceof CommandFailure)) {
    return { message: t('failure.unexpectedMessage'), hint: t('failure.unexpectedHint') };
  }
  if (error.code === 'disconnected') {
    return { message: t('failure.disconnectedMessage'), hint: t('failure.disconnectedHint') };
  }
  return error;
}
