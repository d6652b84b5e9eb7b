import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatsOf } from '../../i18n/formats';
import { localeOf } from '../../i18n/locale';
import { rateShown } from './form/rate';

const RATE_DIGITS = 3;

export interface Figures {
  /** A loss, with as many digits as one reads off. */
  loss: (value: number) => string;
  /** A number of a chart's axis. */
  tick: (value: number) => string;
  /** A learning rate such as `2e-4`, as everybody writes it. */
  rate: (value: number) => string;
  whole: (value: number) => string;
  /** Parameters or tokens, such as `41.9 M`. */
  amount: (value: number) => string;
  /** Memory, in the unit of graphics cards. */
  gibibytes: (bytes: number) => string;
}

export function figuresOf(language: string): Figures {
  const locale = localeOf(language);
  const loss = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  });
  const tick = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 });
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  // Not the locale of dates: British English writes millions as m.
  const amount = new Intl.NumberFormat(language, {
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  const memory = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const { decimalSeparator } = formatsOf(language);
  return {
    loss: (value) => loss.format(value),
    tick: (value) => tick.format(value),
    rate: (value) => rateShown(Number(value.toPrecision(RATE_DIGITS)), decimalSeparator),
    whole: (value) => whole.format(value),
    amount: (value) => amount.format(value),
    gibibytes: (bytes) => {
      // Less than a tenth is said in MiB, and less than a tenth of one as that.
      const [size, letter] =
        bytes < 0.1 * 2 ** 30 ? [bytes / 2 ** 20, 'M'] : [bytes / 2 ** 30, 'G'];
      const shown = size > 0 && size < 0.1 ? `< ${memory.format(0.1)}` : memory.format(size);
      // U+00A0 keeps the number and its unit on one line.
      return `${shown}\u00a0${letter}${language === 'fr' ? 'io' : 'iB'}`;
    },
  };
}

/** Numbers of a training as the user's language writes them. */
export function useFigures(): Figures {
  const { language } = useTranslation().i18n;
  return useMemo(() => figuresOf(language), [language]);
}
