import { Button, Stack, Text } from '@mantine/core';
import { IconSchool } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../app/FailureNote';
import { ScreenHeader } from '../../app/ScreenHeader';
import { goTo } from '../../app/screens';
import { Waiting } from '../../app/Waiting';
import { ModelCard } from './ModelCard';
import classes from './ModelsScreen.module.css';
import { modelsQuery } from './queries';

/** What the trainings have made: where each adapter comes from, and what to do with it. */
export function ModelsScreen() {
  const { t } = useTranslation();
  const query = useQuery(modelsQuery);
  const models = query.data?.models ?? [];
  return (
    <Stack p="xl" gap="lg" maw="72rem">
      <ScreenHeader title={t('screen.models')} lead={t('models.lead')} />
      {query.error !== null && (
        <FailureNote error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Waiting />}
      {query.isSuccess && models.length === 0 && <NoModels />}
      <ul className={classes.models}>
        {models.map((model) => (
          <ModelCard key={model.run} model={model} />
        ))}
      </ul>
    </Stack>
  );
}

/** What will stand here, and the way there. */
function NoModels() {
  const { t } = useTranslation();
  return (
    <section className={classes.empty}>
      <Text>{t('models.empty.text')}</Text>
      <ul>
        <li>{t('models.empty.convert')}</li>
        <li>{t('models.empty.modelfile')}</li>
        <li>{t('models.empty.compare')}</li>
      </ul>
      <Button
        mt="md"
        leftSection={<IconSchool size={17} aria-hidden />}
        onClick={() => goTo('training')}
      >
        {t('models.empty.train')}
      </Button>
    </section>
  );
}
