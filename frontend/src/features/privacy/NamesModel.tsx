import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../app/FailureNote';
import { nameOf } from '../../app/nameOf';
import { CommandFailure } from '../../ipc/errors';
import { useExportSession } from '../export/session/ExportSession';
import type { Recipe } from '../export/session/recipe';
import { NerModelFields } from './NerModelFields';

interface Props {
  recipe: Recipe;
  /** Why the last search failed; what it says of the model stands beside the model's field, too. */
  error: unknown;
}

/** Says whether a named-entity model looks for names, too, and lets one be chosen. */
export function NamesModel({ recipe, error }: Props) {
  const { t } = useTranslation();
  const { message, hint } = useFailureText(error);
  const isOfModel = error instanceof CommandFailure && error.code.startsWith('ner_');
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
            error={isOfModel ? `${message} ${hint}` : undefined}
            onChange={(part) => change('sanitize', part)}
          />
        </Stack>
      </Modal>
    </Text>
  );
}
