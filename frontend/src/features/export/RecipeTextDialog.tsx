import { Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../app/CopyButton';
import { FailureNote } from '../../app/FailureNote';
import { call } from '../../ipc/client';
import { useSettings } from '../../ipc/settings';
import type { Recipe } from './session/recipe';

interface Props {
  recipe: Recipe;
  onClose: () => void;
  onLoaded: (recipe: Recipe) => void;
}

/** The recipe as text that explains itself: to keep, to send, to paste. */
export function RecipeTextDialog({ recipe, onClose, onLoaded }: Props) {
  const { t } = useTranslation();
  const language = useSettings().data?.language;
  const [typed, setTyped] = useState<string>();
  const written = useQuery({
    queryKey: ['recipe-text', language, recipe],
    queryFn: () => call('recipe_format', { recipe }),
  });
  const load = useMutation({
    mutationFn: (toml: string) => call('recipe_parse', { toml }),
    onSuccess: (response) => {
      onLoaded(response.recipe);
      onClose();
    },
  });
  const toml = typed ?? written.data?.toml ?? '';
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('export.text.title')}
      withCloseButton={false}
      // What was typed is not lost by one key or a click beside it.
      closeOnEscape={typed === undefined}
      closeOnClickOutside={typed === undefined}
      size="xl"
      centered
    >
      <Text size="sm" c="var(--ink-soft)" mb="sm">
        {t('export.text.help')}
      </Text>
      {(load.error ?? written.error) !== null && (
        <FailureNote error={load.error ?? written.error} />
      )}
      <Textarea
        aria-label={t('export.text.label')}
        data-autofocus
        mt="sm"
        rows={18}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        value={toml}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Group justify="space-between" mt="md">
        <CopyButton text={toml} label={t('export.text.copy')} />
        <Group gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('export.text.close')}
          </Button>
          <Button
            disabled={typed === undefined}
            loading={load.isPending}
            onClick={() => load.mutate(toml)}
          >
            {t('export.text.use')}
          </Button>
        </Group>
      </Group>
    </Modal>
  );
}
