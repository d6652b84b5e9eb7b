import { Alert, Button, Group, Kbd, Modal, Rating, TagsInput, Text, Textarea } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFailureText } from '../../../app/FailureNote';
import type { GivenRating, TurnView } from '../../../ipc/generated';
import classes from './CorrectionEditor.module.css';
import { draftOf, givenBy, isChanged } from './draft';

interface Props {
  turn: TurnView;
  knownTags: string[];
  /** Rejects where it could not be stored; the editor then stays open. */
  onSave: (given: GivenRating) => Promise<unknown>;
  onClose: () => void;
}

/** A better answer beside the one that was given, with a rating, tags and a note. */
export function CorrectionEditor({ turn, knownTags, onSave, onClose }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(turn));
  const [isLeaving, setLeaving] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const failure = useFailureText(error);
  const ids = { rating: useId(), original: useId() };

  const change = (part: Partial<typeof draft>) => {
    setDraft({ ...draft, ...part });
    setLeaving(false);
  };
  const save = async () => {
    setSaving(true);
    setError(null);
    try {
      await onSave(givenBy(draft, turn));
      onClose();
    } catch (problem) {
      setError(problem);
      setSaving(false);
    }
  };
  /** Nothing that was typed is lost by one key: the first asks, the second goes on editing. */
  const leave = () => (isChanged(draft, turn) ? setLeaving(!isLeaving) : onClose());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      leave();
    }
  };

  return (
    <Modal
      opened
      onClose={leave}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="min(76rem, 94vw)"
      title={t('conversations.correct.title')}
      closeButtonProps={{ 'aria-label': t('conversations.close') }}
      onKeyDown={onKeyDown}
    >
      <div className={classes.texts}>
        <div>
          <div className={classes.label} id={ids.original}>
            {t('conversations.correct.original')}
          </div>
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keyboard
            tabIndex={0}
            className={classes.original}
            aria-labelledby={ids.original}
          >
            {turn.content}
          </section>
        </div>
        <Textarea
          label={t('conversations.correct.text')}
          classNames={{ input: classes.input, wrapper: classes.wrapper, root: classes.field }}
          data-autofocus
          value={draft.text}
          onChange={(event) => change({ text: event.currentTarget.value })}
        />
      </div>
      <Text size="xs" c="var(--ink-soft)" mt={6}>
        {t('conversations.correct.help')}
      </Text>
      <div className={classes.remarks}>
        <div>
          <div className={classes.label} id={ids.rating}>
            {t('conversations.correct.rating')}
          </div>
          <Rating
            size="md"
            // The data hold ratings such as 4.5.
            fractions={Number.isInteger(draft.rating) ? 1 : 2}
            mt={4}
            aria-labelledby={ids.rating}
            getSymbolLabel={(count) => t('conversations.rating.give', { count })}
            value={draft.rating}
            onChange={(rating) => change({ rating })}
          />
        </div>
        <TagsInput
          label={t('conversations.correct.tags')}
          placeholder={draft.tags.length === 0 ? t('conversations.correct.tagsPlaceholder') : ''}
          data={knownTags}
          maxDropdownHeight={160}
          value={draft.tags}
          onChange={(tags) => change({ tags })}
        />
        <Textarea
          label={t('conversations.correct.note')}
          placeholder={t('conversations.correct.notePlaceholder')}
          autosize
          minRows={1}
          maxRows={4}
          value={draft.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
        />
      </div>
      {error !== null && (
        <Alert color="red" role="alert" mt="md" title={failure.message}>
          {failure.hint}
        </Alert>
      )}
      {isLeaving ? (
        <Group justify="flex-end" mt="md" gap="sm" role="alert">
          <Text fw={600} size="sm" c="var(--danger)">
            {t('conversations.correct.unsaved')}
          </Text>
          <Button variant="default" onClick={onClose}>
            {t('conversations.correct.discard')}
          </Button>
          <Button onClick={() => setLeaving(false)}>{t('conversations.correct.keep')}</Button>
        </Group>
      ) : (
        <Group justify="flex-end" mt="md" gap="sm">
          <Button variant="default" onClick={leave}>
            {t('conversations.correct.cancel')}
          </Button>
          <Button loading={isSaving} onClick={() => void save()}>
            {t('conversations.correct.save')}
            <Kbd size="xs" ml="xs" aria-hidden className={classes.kbd}>
              Ctrl ↵
            </Kbd>
          </Button>
        </Group>
      )}
    </Modal>
  );
}
