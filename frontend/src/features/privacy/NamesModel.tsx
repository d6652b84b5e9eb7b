import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../../app/nameOf';
import { useExportSession } from '../export/session/ExportSession';
import type { Recipe } from '../export/session/recipe';
import { NerModelFields } from './NerModelFields';

/** Says whether a named-entity model looks for names, too, and lets one be chosen. */
export function NamesModel({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation();
  const { change } = useExportSession();
  const [isOpen, setOpen] = useState(false);
  const { nerModel } = recipe.sanitize;
  return (
    <Text size="sm" c="var(--ink-soft)">
      {nerModel === ''
        ? t('privacy.names.byRules')
        : t('privacy.names.byModel', { name: nameOf(nerModel) })}{' '}
      <Button size="compact-xs" variant="subtle" onClick={() => setOpen(true)}>
        {t(nerModel === '' ? 'privacy.names.choose' : 'privacy.names.change')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('privacy.names.title')}
        closeButtonProps={{ 'aria-label': t('privacy.names.close') }}
        size="lg"
      >
        <Stack gap="md">
          <Text size="sm">{t('privacy.names.help')}</Text>
          <NerModelFields
            values={recipe.sanitize}
            error={undefined}
            onChange={(part) => change('sanitize', part)}
          />
        </Stack>
      </Modal>
    </Text>
  );
}
