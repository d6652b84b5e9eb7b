/** The lines to store, without the empty ones that a text ends with. */
export function linesOf(text: string): string[] {
  const written = text.trimEnd();
  return written === '' ? [] : written.split('\n');
}

/** How many values a list holds: a value a line, without blank lines and those that begin with #. */
export function countValues(text: string): number {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#')).length;
}
