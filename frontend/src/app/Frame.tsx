import { Kbd } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CompareScreen } from '../features/compare/CompareScreen';
import { ConversationsScreen } from '../features/conversations/ConversationsScreen';
import { ExportIndicator } from '../features/export/ExportIndicator';
import { ExportScreen } from '../features/export/ExportScreen';
import { ModelsScreen } from '../features/models/ModelsScreen';
import { PrivacyScreen } from '../features/privacy/PrivacyScreen';
import { SettingsScreen } from '../features/settings/SettingsScreen';
import { TrainingIndicator } from '../features/training/TrainingIndicator';
import { TrainingScreen } from '../features/training/TrainingScreen';
import { CloseDialog } from './CloseDialog';
import classes from './Frame.module.css';
import { KeysHelp } from './KeysHelp';
import { type Screen, screenIcons, screens, useScreen } from './screens';
import { useHelpKey } from './useHelpKey';
import { useKeptPlace } from './useKeptPlace';

const contents: Record<Screen, ComponentType> = {
  conversations: ConversationsScreen,
  privacy: PrivacyScreen,
  export: ExportScreen,
  training: TrainingScreen,
  models: ModelsScreen,
  compare: CompareScreen,
  settings: SettingsScreen,
};

/** The window: navigation on the left, one screen on the right. */
export function Frame() {
  const { t } = useTranslation();
  const screen = useScreen();
  const content = useRef<HTMLElement>(null);
  const Content = contents[screen];
  useKeptPlace();
  const [areKeysShown, showKeys] = useState(false);
  useHelpKey(useCallback(() => showKeys(true), []));

  const shown = useRef(screen);
  useEffect(() => {
    document.title = `${t(`screen.${screen}`)} · ${t('app.name')}`;
    if (shown.current !== screen) {
      shown.current = screen;
      // A link may have led to something on the screen that has taken the focus already.
      if (!content.current?.contains(document.activeElement)) {
        content.current?.querySelector<HTMLElement>('h1')?.focus();
      }
    }
  }, [screen, t]);

  return (
    <div className={classes.frame}>
      <nav className={classes.rail} aria-label={t('app.navigation')}>
        <button type="button" className={classes.skip} onClick={() => content.current?.focus()}>
          {t('app.skip')}
        </button>
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" />
          <div className={classes.words}>
            <div className={classes.name}>{t('app.name')}</div>
            <div className={classes.tagline}>{t('app.tagline')}</div>
          </div>
        </div>
        <ul className={classes.links}>
          {screens.map((name) => (
            <NavigationLink key={name} name={name} current={name === screen} />
          ))}
        </ul>
        <button
          type="button"
          className={classes.keys}
          title={t('keys.open')}
          aria-haspopup="dialog"
          aria-keyshortcuts="?"
          onClick={() => showKeys(true)}
        >
          <IconKeyboard size={20} stroke={1.6} aria-hidden />
          <span className={classes.words}>{t('keys.open')}</span>
          <Kbd size="xs" aria-hidden className={classes.words}>
            ?
          </Kbd>
        </button>
        <div className={classes.indicators}>
          <ExportIndicator />
          <TrainingIndicator />
        </div>
      </nav>
      <CloseDialog />
      <KeysHelp opened={areKeysShown} onClose={() => showKeys(false)} />
      <main ref={content} tabIndex={-1} className={classes.content}>
        <Content />
      </main>
    </div>
  );
}

function NavigationLink({ name, current }: { name: Screen; current: boolean }) {
  const { t } = useTranslation();
  const Icon = screenIcons[name];
  return (
    <li data-last={name === 'settings' || undefined}>
      <a
        className={classes.link}
        href={`#/${name}`}
        title={t(`screen.${name}`)}
        {...(current && { 'aria-current': 'page' })}
      >
        <Icon size={20} stroke={1.6} aria-hidden />
        <span className={classes.words}>{t(`screen.${name}`)}</span>
      </a>
    </li>
  );
}
