/** One measured value of a training. */
export interface Point {
  step: number;
  value: number;
}

/**
 * At most `most` points: each is the mean of those that fall together, at the last one's step, so
 * that the curve ends where the training is.
 */
export function thinned(points: readonly Point[], most: number): Point[] {
  if (points.length <= most) {
    return [...points];
  }
  const size = Math.ceil(points.length / most);
  const count = Math.ceil(points.length / size);
  return Array.from({ length: count }, (_, place) => {
    const part = points.slice(place * size, (place + 1) * size);
    const sum = part.reduce((total, point) => total + point.value, 0);
    return { step: part.at(-1)?.step ?? 0, value: sum / part.length };
  });
}

/** The point nearest to a step; undefined where there is none. */
export function nearest(points: readonly Point[], step: number): Point | undefined {
  let best: Point | undefined;
  for (const point of points) {
    if (best === undefined || Math.abs(point.step - step) < Math.abs(best.step - step)) {
      best = point;
    }
  }
  return best;
}

export function lowest(points: readonly Point[]): Point | undefined {
  return points.reduce<Point | undefined>(
    (best, point) => (best === undefined || point.value < best.value ? point : best),
    undefined,
  );
}
