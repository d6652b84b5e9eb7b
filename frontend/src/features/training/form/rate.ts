/** A rate with all its digits, small ones like `2e-4`. */
export function rateShown(value: number, decimalSeparator: string): string {
  const text = value >= 0.01 || value === 0 ? String(value) : value.toExponential();
  return text.replace('.', decimalSeparator);
}

/** The rate that a person wrote: `2e-4`, `0.0002` and `0,0002` are the same. */
export function rateWritten(text: string, min: number, max: number): number | undefined {
  const written = text.trim().replace(',', '.');
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(written) ? Number(written) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
