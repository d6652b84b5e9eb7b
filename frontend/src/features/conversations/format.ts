/** Dates as the program sends them: RFC 3339 in UTC without the suffix, sometimes only a day. */

/** `16 Jun 2025`; an empty text where there is no date. */
export function formatDay(date: string, language: string): string {
  return format(date, language, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** `16 June 2025 at 13:36`, in the user's time zone. */
export function formatMoment(date: string, language: string): string {
  const time = date.includes('T') ? { timeStyle: 'short' as const } : {};
  return format(date, language, { dateStyle: 'long', ...time });
}

/** `13:36`; an empty text where only the day is known. */
export function formatTime(date: string, language: string): string {
  return date.includes('T') ? format(date, language, { timeStyle: 'short' }) : '';
}

export function formatRating(rating: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(rating);
}

function format(date: string, language: string, options: Intl.DateTimeFormatOptions): string {
  const moment = parse(date);
  if (moment === undefined) {
    return '';
  }
  // A day alone has no time zone to be shifted by.
  const zone = date.includes('T') ? {} : { timeZone: 'UTC' };
  return new Intl.DateTimeFormat(language, { ...options, ...zone }).format(moment);
}

function parse(date: string): Date | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2}))?/.exec(date);
  const moment = new Date(`${found?.[1]}T${found?.[2] ?? '00:00:00'}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
