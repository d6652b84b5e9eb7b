import { Button, Text } from '@mantine/core';
import { IconPencil, IconThumbDown, IconThumbUp, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CopyIcon } from '../../../app/CopyIcon';
import type { TurnView } from '../../../ipc/generated';
import { HIGHEST, LOWEST } from '../filters';
import { formatRating } from '../format';
import classes from './RatingBar.module.css';
import { Star } from './Stars';
import { useRovingFocus } from './useRovingFocus';

const STARS = [1, 2, 3, 4, 5];

interface Props {
  turn: TurnView;
  /** Which answer it is, for a screen reader. */
  label: string;
  onRate: (rating: number) => void;
  onRemove: () => void;
  onCorrect: () => void;
}

/** Says how good an answer is, and where that was said. */
export function RatingBar({ turn, label, onRate, onRemove, onCorrect }: Props) {
  const { t } = useTranslation();
  const { onKeyDown, item } = useRovingFocus(STARS.length + (turn.given === null ? 4 : 5));
  const thumbs = [
    { name: 'up' as const, rating: HIGHEST, Icon: IconThumbUp },
    { name: 'down' as const, rating: LOWEST, Icon: IconThumbDown },
  ];
  return (
    <div role="toolbar" className={classes.bar} aria-label={label} onKeyDown={onKeyDown}>
      <span className={classes.stars}>
        {STARS.map((rating, place) => (
          <button
            key={rating}
            type="button"
            className={classes.star}
            aria-label={t('conversations.rating.give', { count: rating })}
            aria-pressed={turn.rating === rating}
            title={t('conversations.rating.giveByKey', { count: rating })}
            {...item(place)}
            onClick={() => onRate(rating)}
          >
            <Star size={18} filled={(turn.rating ?? 0) - place} />
          </button>
        ))}
      </span>
      {thumbs.map(({ name, rating, Icon }, place) => (
        <button
          key={name}
          type="button"
          className={classes.thumb}
          aria-label={t(`conversations.rating.${name}`)}
          title={t(`conversations.rating.${name}`)}
          aria-pressed={turn.origin === 'here' && turn.rating === rating}
          {...item(STARS.length + place)}
          onClick={() => onRate(rating)}
        >
          <Icon size={17} stroke={1.6} aria-hidden />
        </button>
      ))}
      <CopyIcon
        text={turn.content}
        label={t('conversations.answer.copy')}
        item={item(STARS.length + 2)}
      />
      <Text size="xs" c="var(--ink-soft)" className={classes.origin}>
        <Origin turn={turn} />
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconPencil size={13} aria-hidden />}
        title={t('conversations.rating.correctByKey')}
        {...item(STARS.length + 3)}
        onClick={onCorrect}
      >
        {t('conversations.rating.correct')}
      </Button>
      {turn.given !== null && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={13} aria-hidden />}
          title={t('conversations.rating.removeByKey')}
          {...item(STARS.length + 4)}
          onClick={onRemove}
        >
          {t('conversations.rating.remove')}
        </Button>
      )}
    </div>
  );
}

function Origin({ turn }: { turn: TurnView }) {
  const { t, i18n } = useTranslation();
  const said = t(`conversations.origin.${turn.origin}`);
  if (turn.origin !== 'here' || turn.ratingInData === null) {
    return said;
  }
  const rating = formatRating(turn.ratingInData, i18n.language);
  return `${said} · ${t('conversations.origin.inData', { rating })}`;
}
