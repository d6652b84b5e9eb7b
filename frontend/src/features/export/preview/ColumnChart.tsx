import { useFormats } from '../../../i18n/formats';
import classes from './ColumnChart.module.css';

export interface Column {
  label: string;
  value: number;
}

interface Props {
  title: string;
  columns: Column[];
  isEstimated?: boolean;
}

/** A few numbers as columns; the numbers stand over them, so nobody has to guess. */
export function ColumnChart({ title, columns, isEstimated = false }: Props) {
  const { number, rounded } = useFormats();
  // The columns are narrow, and the preview says of all its numbers that they are estimated.
  const written = isEstimated ? rounded : number;
  const highest = Math.max(1, ...columns.map((column) => column.value));
  return (
    <figure className={classes.chart}>
      <figcaption className={classes.title}>{title}</figcaption>
      <ul className={classes.columns}>
        {columns.map(({ label, value }) => (
          <li key={label}>
            <span className={classes.value}>{value > 0 ? written(value) : ''}</span>
            <span
              className={classes.bar}
              style={{ height: `calc(${value / highest} * (100% - 2.25rem))` }}
            />
            <span className={classes.label}>{label}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
