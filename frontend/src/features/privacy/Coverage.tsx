import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './PrivacyScreen.module.css';

const parts = [
  { name: 'shape', Icon: IconCircleCheck, items: ['numbers', 'contacts', 'secrets', 'own'] },
  {
    name: 'cue',
    Icon: IconCircleDashed,
    items: ['passwords', 'places', 'machines', 'papers', 'people'],
  },
  { name: 'missed', Icon: IconCircleX, items: ['names', 'traits', 'hidden', 'other'] },
  { name: 'meaning', Icon: IconAlertTriangle, items: ['masked', 'proof', 'review'] },
] as const;

/** What masking finds and what it does not, in plain words. */
export function Coverage() {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard, too.
    <section className={classes.page} tabIndex={0} aria-label={t('privacy.view.coverage')}>
      {parts.map(({ name, Icon, items }) => (
        <section key={name} className={classes.part} data-part={name}>
          <h2>
            <Icon size={18} stroke={1.8} aria-hidden />
            {t(`privacy.coverage.title.${name}`)}
          </h2>
          <ul>
            {items.map((item) => (
              <li key={item}>{t(`privacy.coverage.item.${item}`)}</li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  );
}
