import { Badge, Group, Text, Title } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronUp,
  IconEraser,
  IconMarkdown,
  IconMessage2,
} from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyIcon } from '../../../app/CopyIcon';
import { FailureNote } from '../../../app/FailureNote';
import { IconAction } from '../../../app/IconAction';
import type { ReadResponse } from '../../../ipc/generated';
import { ForgetDialog } from '../../pastExports/forget/ForgetDialog';
import { formatMoment, formatRating } from '../format';
import { kindIcons } from '../kindIcons';
import { useConversation } from '../library/useConversation';
import { isAnswer } from '../ratings';
import { changeView, useView } from '../view';
import { DocumentationTexts } from './DocumentationTexts';
import { ForgottenMark } from './ForgottenMark';
import classes from './Reader.module.css';
import { type AnswerActions, Turns } from './Turns';

interface Props extends AnswerActions {
  onLeave: () => void;
  onStep: (step: number) => void;
}

/** The right half: one conversation, or one piece of documentation. */
export function Reader({ onLeave, onStep, ...actions }: Props) {
  const { t } = useTranslation();
  const { root, record } = useView();
  const read = useConversation(root, record);
  if (record === null) {
    return <NothingOpen />;
  }
  if (read.isError) {
    return (
      <section className={classes.reader} aria-label={t('conversations.reader.label')}>
        <div className={classes.failure}>
          <FailureNote error={read.error} onRetry={() => void read.refetch()} />
        </div>
      </section>
    );
  }
  if (read.data === undefined) {
    return <section className={classes.reader} aria-busy="true" />;
  }
  return (
    <section className={classes.reader} aria-label={t('conversations.reader.label')}>
      <Head item={read.data} onStep={onStep} />
      {read.data.kind === 'conversation' ? (
        <Turns
          key={read.data.record}
          conversation={read.data}
          onLeave={onLeave}
          onStep={onStep}
          {...actions}
        />
      ) : (
        <DocumentationTexts
          key={read.data.record}
          item={read.data}
          onLeave={onLeave}
          onStep={onStep}
        />
      )}
    </section>
  );
}

function Head({ item, onStep }: { item: ReadResponse; onStep: Props['onStep'] }) {
  const { t, i18n } = useTranslation();
  const { asWritten } = useView();
  const [isForgetting, setForgetting] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const focusTitle = () => title.current?.focus();
  const Icon = kindIcons[item.kind];
  const answers = item.turns.filter(isAnswer);
  const rated = answers.filter(({ rating }) => rating !== null).length;
  return (
    <header className={classes.head}>
      {isForgetting && (
        <ForgetDialog
          record={item.record}
          origin={item.record}
          onClose={() => {
            setForgetting(false);
            if (item.isForgotten) {
              // The button that opened the dialog is gone.
              setTimeout(focusTitle);
            }
          }}
        />
      )}
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Title
          ref={title}
          tabIndex={-1}
          order={2}
          size="h4"
          className={classes.title}
          dir="auto"
          lineClamp={3}
          title={item.title}
        >
          {item.title}
        </Title>
        <Group gap={2} wrap="nowrap">
          <IconAction label={t('conversations.reader.before')} onClick={() => onStep(-1)}>
            <IconChevronUp size={18} stroke={1.7} />
          </IconAction>
          <IconAction label={t('conversations.reader.next')} onClick={() => onStep(1)}>
            <IconChevronDown size={18} stroke={1.7} />
          </IconAction>
          <IconAction
            label={t('conversations.reader.asWritten')}
            pressed={asWritten}
            onClick={() => changeView({ asWritten: !asWritten })}
          >
            <IconMarkdown size={18} stroke={1.7} />
          </IconAction>
          {!item.isForgotten && (
            <IconAction label={t('exports.forgetting.open')} onClick={() => setForgetting(true)}>
              <IconEraser size={18} stroke={1.7} />
            </IconAction>
          )}
        </Group>
      </Group>
      <div className={classes.facts}>
        <span className={classes.fact}>
          <Icon size={14} stroke={1.6} aria-hidden />
          {t(`conversations.kind.${item.kind}`)}
        </span>
        {item.date !== '' && <span>{formatMoment(item.date, i18n.language)}</span>}
        {answers.length > 0 && (
          <span>{t('conversations.row.rated', { rated, count: answers.length })}</span>
        )}
        {item.rating !== null && <DocumentationRating rating={item.rating} />}
        <span className={classes.record}>
          <Text span ff="monospace" inherit truncate title={item.record}>
            {item.record}
          </Text>
          <CopyIcon text={item.record} label={t('conversations.reader.copyRecord')} />
        </span>
      </div>
      {item.isForgotten && (
        <ForgottenMark record={item.record} what="record" onTakenBack={focusTitle} />
      )}
      {item.tags.length > 0 && (
        <Group gap={4} mt={6} role="group" aria-label={t('conversations.filter.tags')}>
          {item.tags.map((tag) => (
            <Badge key={tag} size="sm" variant="default" tt="none" fw={500}>
              {tag}
            </Badge>
          ))}
        </Group>
      )}
    </header>
  );
}

/** Documentation is rated as a whole, in the data alone. */
function DocumentationRating({ rating }: { rating: number }) {
  const { t, i18n } = useTranslation();
  return (
    <span>{t('conversations.origin.inData', { rating: formatRating(rating, i18n.language) })}</span>
  );
}

function NothingOpen() {
  const { t } = useTranslation();
  return (
    <section className={classes.nothing} aria-label={t('conversations.reader.label')}>
      <IconMessage2 size={40} stroke={1.2} aria-hidden />
      <Text fw={600}>{t('conversations.reader.nothing')}</Text>
      <Text size="sm" c="var(--ink-soft)" maw="26rem">
        {t('conversations.reader.nothingHelp')}
      </Text>
    </section>
  );
}
