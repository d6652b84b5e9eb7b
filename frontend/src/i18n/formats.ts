import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localeOf } from './locale';

const SMALLEST_SHARE = 0.001;
// A sample of a thousand tells no more.
const ESTIMATE_DIGITS = 2;

export interface Formats {
  number: (value: number) => string;
  /** A number that is not known exactly: `67,000`, and with the sign that says so, `≈ 67,000`. */
  rounded: (value: number) => string;
  estimate: (value: number) => string;
  percent: (share: number) => string;
  /** What a percentage ends with, after its number. */
  percentSign: string;
  /** What stands before the decimals. */
  decimalSeparator: string;
  bytes: (count: number) => string;
  /** Seconds as a person says them: `8 s`, `3 min 20 s`, `1 h 5 min`. */
  duration: (seconds: number) => string;
  /** An RFC 3339 moment, in the user's time zone. */
  moment: (when: string) => string;
}

export function formatsOf(language: string): Formats {
  const locale = localeOf(language);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const rounded = new Intl.NumberFormat(locale, { maximumSignificantDigits: ESTIMATE_DIGITS });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const unit = (name: string) => {
    const format = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    });
    return (value: number) => format.format(value);
  };
  const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'].map(unit);
  const second = unit('second');
  const minute = unit('minute');
  const hour = unit('hour');
  return {
    number: (value) => number.format(value),
    rounded: (value) => rounded.format(value),
    estimate: (value) => `≈\u00a0${rounded.format(value)}`,
    percent: (share) => {
      const isTooSmall = share > 0 && share < SMALLEST_SHARE / 2;
      return isTooSmall ? `< ${percent.format(SMALLEST_SHARE)}` : percent.format(share);
    },
    percentSign: percent.format(0).slice(1),
    decimalSeparator: number.format(0.5).charAt(1),
    bytes: (count) => {
      const step = Math.min(Math.floor(Math.log10(Math.max(count, 1)) / 3), sizes.length - 1);
      return sizes[step]?.(count / 1000 ** step) ?? '';
    },
    duration: (seconds) => {
      const whole = Math.ceil(seconds);
      if (whole < 60) {
        return second(whole);
      }
      const [minutes, rest] = [Math.floor(whole / 60), whole % 60];
      const parts =
        minutes < 60
          ? [minute(minutes), rest > 0 && second(rest)]
          : [hour(Math.floor(minutes / 60)), minutes % 60 > 0 && minute(minutes % 60)];
      return parts.filter(Boolean).join(' ');
    },
    moment: (when) => date.format(new Date(when)),
  };
}

/** Numbers, sizes and times as the user's language writes them. */
export function useFormats(): Formats {
  const { language } = useTranslation().i18n;
  return useMemo(() => formatsOf(language), [language]);
}

/** How the counts of a preview are written: as they are, or as estimates. */
export function useCounts(isEstimated: boolean): (count: number) => string {
  const formats = useFormats();
  return isEstimated ? formats.estimate : formats.number;
}
