import { useEffect, useState } from 'react';

const STEP = 30;

/** How many of `total` things to show: some at once, the rest bit by bit, so that nothing jams. */
export function useGrowing(total: number): number {
  const [shown, setShown] = useState(STEP);
  useEffect(() => {
    if (shown < total) {
      const timer = setTimeout(() => setShown(shown + STEP));
      return () => clearTimeout(timer);
    }
  }, [shown, total]);
  return Math.min(shown, total);
}
