// English readers are many: the day comes first, and the day has 24 hours.
const LOCALES: Record<string, string> = { en: 'en-GB' };

/** The locale by which numbers, dates and times of a language are written. */
export function localeOf(language: string): string {
  return LOCALES[language] ?? language;
}
