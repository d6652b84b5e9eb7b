/** A day as people type it, in full or only its year or month, first or last of these. */
export function parseDay(typed: string, edge: 'since' | 'until'): string | undefined {
  const found =
    /^(?<year>\d{4})(?:-(?<month>\d{1,2})(?:-(?<day>\d{1,2}))?)?$/.exec(typed.trim()) ??
    /^(?:(?:(?<day>\d{1,2})[/.])?(?<month>\d{1,2})[/.])(?<year>\d{4})$/.exec(typed.trim());
  const { year, month, day } = found?.groups ?? {};
  if (year === undefined) {
    return undefined;
  }
  const isFirst = edge === 'since';
  const inMonth = Number(month ?? (isFirst ? 1 : 12));
  // The day before the first of the next month is the last of this one.
  const moment =
    day === undefined && !isFirst
      ? Date.UTC(Number(year), inMonth, 0)
      : Date.UTC(Number(year), inMonth - 1, Number(day ?? 1));
  const text = new Date(moment).toISOString().slice(0, 10);
  // A day that does not exist, 30 February, has become another one.
  const isReal = Number(text.slice(5, 7)) === inMonth && text.startsWith(year);
  return isReal ? text : undefined;
}
