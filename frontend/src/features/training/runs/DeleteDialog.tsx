import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { nameOf } from '../../../app/nameOf';
import { useBusy } from '../../../app/useBusy';
import { useFormats } from '../../../i18n/formats';
import { call } from '../../../ipc/client';
import { modelsQuery } from '../../models/queries';
import { runsQuery } from '../queries';

interface Props {
  run: string;
  dataset: string;
  created: string;
  onClose: () => void;
}

/** Asks before a training is thrown away: nothing brings it back. */
export function DeleteDialog({ run, dataset, created, onClose }: Props) {
  const { t } = useTranslation();
  const formats = useFormats();
  const queries = useQueryClient();
  const key = `training-delete ${run}`;
  const { unlessBusy } = useBusy(key);
  const remove = useMutation({
    mutationKey: [key],
    mutationFn: () => call('models_delete', { run }),
    onSuccess: async (models) => {
      queries.setQueryData(modelsQuery.queryKey, models);
      await queries.invalidateQueries(runsQuery);
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('training.delete.title')}
      withCloseButton={false}
      centered
    >
      <Text size="sm">
        {t('training.delete.text', {
          name: nameOf(dataset),
          when: formats.moment(created),
        })}
      </Text>
      {remove.error !== null && <FailureNote error={remove.error} />}
      <Group justify="flex-end" gap="sm" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('training.delete.keep')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={() => unlessBusy(remove.mutate)}>
          {t('training.delete.confirm')}
        </Button>
      </Group>
    </Modal>
  );
}
