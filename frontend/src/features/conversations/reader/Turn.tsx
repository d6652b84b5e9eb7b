import { type Icon, IconCpu, IconRobot, IconSettings, IconUser } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TurnView } from '../../../ipc/generated';
import { formatMoment, formatTime } from '../format';
import { MessageText } from './MessageText';
import classes from './Turn.module.css';

export type Voice = TurnView['role'] | 'application';

const icons: Record<Voice, Icon> = {
  user: IconUser,
  assistant: IconRobot,
  system: IconSettings,
  application: IconCpu,
};

export function voiceOf(turn: TurnView): Voice {
  return turn.isApplication ? 'application' : turn.role;
}

interface Props {
  turn: TurnView;
  asWritten: boolean;
  children?: ReactNode;
}

/** Who speaks, when, and what; below it what belongs to it. */
export function Turn({ turn, asWritten, children }: Props) {
  const { t, i18n } = useTranslation();
  const voice = voiceOf(turn);
  const Icon = icons[voice];
  const time = formatTime(turn.date, i18n.language);
  return (
    <div className={classes.turn} data-voice={voice}>
      <div className={classes.speaker}>
        <Icon size={15} stroke={1.7} aria-hidden />
        <h3 className={classes.name}>{t(`conversations.voice.${voice}`)}</h3>
        {voice === 'application' && (
          <span className={classes.note}>{t('conversations.voice.applicationHelp')}</span>
        )}
        {time !== '' && (
          <time className={classes.time} title={formatMoment(turn.date, i18n.language)}>
            {time}
          </time>
        )}
      </div>
      {turn.content.trim() === '' ? (
        <span className={classes.note}>{t('conversations.message.empty')}</span>
      ) : (
        <MessageText text={turn.content} asWritten={asWritten} />
      )}
      {children}
    </div>
  );
}
