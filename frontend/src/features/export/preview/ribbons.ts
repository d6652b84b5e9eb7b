interface Size {
  width: number;
  height: number;
  /** The height of one row on the right. */
  row: number;
}

const GAP = 1;
const THINNEST = 1.5;
const BAR = 14;
const END = 4;

/**
 * The outlines of ribbons that lead from one bar, divided by the shares, to rows of equal height.
 * A share too small to see is drawn as thin as can be seen.
 */
export function ribbons(shares: readonly number[], { width, height, row }: Size): string[] {
  const room = height - GAP * (shares.length - 1);
  const thick = thicknesses(shares, room);
  let top = 0;
  return shares.map((_, place) => {
    const from = top;
    const to = top + (thick[place] ?? 0);
    top = to + GAP;
    const middle = row * (place + 0.5);
    const [high, low] = [middle - END / 2, middle + END / 2];
    const bend = BAR + (width - BAR) / 2;
    return [
      `M0 ${from}H${BAR}`,
      `C${bend} ${from} ${bend} ${high} ${width} ${high}`,
      `V${low}`,
      `C${bend} ${low} ${bend} ${to} ${BAR} ${to}`,
      'H0Z',
    ].join('');
  });
}

function thicknesses(shares: readonly number[], room: number): number[] {
  const wanted = shares.map((share) => Math.max(share * room, THINNEST));
  const total = wanted.reduce((sum, each) => sum + each, 0);
  return wanted.map((each) => (each * room) / total);
}
