import { IconStar, IconStarFilled } from '@tabler/icons-react';
import classes from './Stars.module.css';

/** One star, filled by a part of it: the data hold ratings such as 4.5. */
export function Star({ filled, size }: { filled: number; size: number }) {
  return (
    <span className={classes.star} aria-hidden>
      <IconStar size={size} stroke={1.6} />
      {filled > 0 && (
        <IconStarFilled
          size={size}
          className={classes.filled}
          style={{ clipPath: `inset(0 ${100 - Math.min(filled, 1) * 100}% 0 0)` }}
        />
      )}
    </span>
  );
}
