/**
 * Dates as the program sends them, RFC 3339 in UTC without the suffix and sometimes only a day,
 * and ratings, as the user's language writes them.
 */

import { localeOf } from '../../i18n/locale';

/** `16 Jun 2025`; an empty text where there is no date. */
export function formatDay(date: string, language: string): string {
  return format(date, language, 'day');
}

/** `16 June 2025 at 13:36`, in the user's time zone. */
export function formatMoment(date: string, language: string): string {
  return format(date, language, date.includes('T') ? 'moment' : 'wholeDay');
}

/** `13:36`; an empty text where only the day is known. */
export function formatTime(date: string, language: string): string {
  return date.includes('T') ? format(date, language, 'time') : '';
}

export function formatRating(rating: number, language: string): string {
  return numberFormat(language).format(rating);
}

const styles = {
  day: { day: 'numeric', month: 'short', year: 'numeric' },
  wholeDay: { dateStyle: 'long' },
  moment: { dateStyle: 'long', timeStyle: 'short' },
  time: { timeStyle: 'short' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

function format(date: string, language: string, style: keyof typeof styles): string {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(date);
  const moment = new Date(`${found?.[1]}T${found?.[2] ?? '00:00:00'}Z`);
  // A day alone has no time zone to be shifted by.
  const zone = found?.[2] === undefined ? 'UTC' : 'local';
  return Number.isNaN(moment.getTime()) ? '' : dateFormat(language, style, zone).format(moment);
}

// Making one of these costs more than drawing a row of the list.
const dateFormat = remembered(
  (language: string, style: keyof typeof styles, zone: 'UTC' | 'local') =>
    new Intl.DateTimeFormat(localeOf(language), {
      ...styles[style],
      ...(zone === 'UTC' && { timeZone: zone }),
    }),
);
const numberFormat = remembered(
  (language: string) => new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 1 }),
);

function remembered<Parts extends string[], Made>(make: (...parts: Parts) => Made) {
  const made = new Map<string, Made>();
  return (...parts: Parts): Made => {
    const key = parts.join(' ');
    const known = made.get(key) ?? make(...parts);
    made.set(key, known);
    return known;
  };
}
