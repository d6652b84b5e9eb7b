import { Button, Group, Loader, Modal, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { CodeLine } from '../../app/CodeLine';
import { CopyButton } from '../../app/CopyButton';
import { FailureNote } from '../../app/FailureNote';
import { Notice } from '../../app/Notice';
import { call } from '../../ipc/client';
import classes from './ModelsScreen.module.css';
import { modelsQuery } from './queries';

interface Props {
  run: string;
  onClose: () => void;
}

/** Writes the file by which Ollama serves an adapter, and says how to use it. */
export function ModelfileDialog({ run, onClose }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const written = useQuery({
    queryKey: ['modelfile', run],
    gcTime: 0,
    queryFn: async () => {
      const response = await call('models_modelfile', { run });
      await queries.invalidateQueries(modelsQuery);
      return response;
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('models.modelfile.title')}
      withCloseButton={false}
      size="xl"
      centered
    >
      {written.isPending && <Loader size="sm" />}
      {written.error !== null && <FailureNote error={written.error} />}
      {written.data !== undefined && (
        <>
          {written.data.notices.map((notice) => (
            <Notice key={notice}>{notice}</Notice>
          ))}
          <Text size="sm" c="var(--ink-soft)" mb="sm">
            {t('models.modelfile.help', { path: written.data.path })}
          </Text>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
          <pre className={classes.modelfile} tabIndex={0}>
            {written.data.content}
          </pre>
          <CodeLine
            label={t('models.modelfile.command')}
            code={written.data.commandLine}
            copy={t('failure.copyCommand')}
          />
        </>
      )}
      <Group justify="space-between" mt="md">
        {written.data === undefined ? (
          <span />
        ) : (
          <CopyButton text={written.data.content} label={t('models.modelfile.copy')} />
        )}
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('models.close')}
        </Button>
      </Group>
    </Modal>
  );
}
