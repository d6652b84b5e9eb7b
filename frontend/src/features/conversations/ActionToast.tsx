import { Button, CloseButton, Text } from '@mantine/core';
import { useHover } from '@mantine/hooks';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconInfoCircle } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../app/FailureNote';
import classes from './ActionToast.module.css';

/** What just happened; only a failure stays until it is closed. */
export type Message =
  | { kind: 'done'; text: string; canUndo: boolean }
  | { kind: 'info'; text: string }
  | { kind: 'failed'; error: unknown };

const SHOWN = 8000; // milliseconds

interface Props {
  message: Message | null;
  onUndo?: () => void;
  onClose: () => void;
}

/** Says in a corner what was done, with the way back. */
export function ActionToast({ message, onClose, ...rest }: Props) {
  const { hovered, ref } = useHover<HTMLDivElement>();
  useEffect(() => {
    if (message !== null && message.kind !== 'failed' && !hovered) {
      const timer = setTimeout(onClose, SHOWN);
      return () => clearTimeout(timer);
    }
  }, [message, hovered, onClose]);
  return (
    <div ref={ref} className={classes.place} role="status">
      {message !== null && <Toast message={message} onClose={onClose} {...rest} />}
    </div>
  );
}

function Toast({ message, onUndo = () => {}, onClose }: Props & { message: Message }) {
  const { t } = useTranslation();
  const failure = useFailureText(message.kind === 'failed' ? message.error : null);
  const Icon = { done: IconCheck, info: IconInfoCircle, failed: IconAlertTriangle }[message.kind];
  return (
    <div className={classes.toast} data-kind={message.kind}>
      <Icon size={18} stroke={1.8} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        {message.kind === 'failed' ? (
          <>
            <Text size="sm" fw={600}>
              {failure.message}
            </Text>
            <Text size="xs" c="var(--ink-soft)">
              {failure.hint}
            </Text>
          </>
        ) : (
          <Text size="sm">{message.text}</Text>
        )}
      </div>
      {message.kind === 'done' && message.canUndo && (
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconArrowBackUp size={15} aria-hidden />}
          title="Ctrl+Z"
          onClick={onUndo}
        >
          {t('conversations.undo')}
        </Button>
      )}
      <CloseButton size="sm" aria-label={t('conversations.close')} onClick={onClose} />
    </div>
  );
}
