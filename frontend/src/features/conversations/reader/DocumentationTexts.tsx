import { Text } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReadResponse } from '../../../ipc/generated';
import { changeView, useView } from '../view';
import { MessageText } from './MessageText';
import classes from './Reader.module.css';
import { readerAction } from './readerKeys';

interface Props {
  item: ReadResponse;
  onLeave: () => void;
  onStep: (step: number) => void;
}

/** A piece of documentation, in each language that it is written in. */
export function DocumentationTexts({ item, onLeave, onStep }: Props) {
  const { t, i18n } = useTranslation();
  const { asWritten, focusReader, record } = useView();
  const scroller = useRef<HTMLElement>(null);
  const isWanted = focusReader && item.record === record;
  useEffect(() => {
    if (isWanted) {
      changeView({ focusReader: false });
      scroller.current?.focus({ preventScroll: true });
    }
  }, [isWanted]);
  const onKeyDown = (event: KeyboardEvent) => {
    const action = readerAction(event);
    if (action?.name === 'leave') {
      onLeave();
    } else if (action?.name === 'step') {
      onStep(action.step);
    } else if (action?.name === 'asWritten') {
      changeView({ asWritten: !asWritten });
    }
  };
  const texts = Object.entries(item.texts);
  const languages = new Intl.DisplayNames(i18n.language, { type: 'language' });
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard
      tabIndex={0}
      className={classes.turns}
      aria-label={t('conversations.reader.texts')}
      onKeyDown={onKeyDown}
    >
      {texts.length === 0 && (
        <Text size="sm" c="var(--ink-soft)">
          {t('conversations.message.empty')}
        </Text>
      )}
      {texts.map(([language, text]) => (
        <div key={language} className={classes.documentation} lang={language}>
          <h3 className={classes.language} lang={i18n.language}>
            {languages.of(language)}
          </h3>
          <MessageText text={text} asWritten={asWritten} />
        </div>
      ))}
    </section>
  );
}
