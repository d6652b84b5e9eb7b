import { useTranslation } from 'react-i18next';
import { useFormats } from '../../../i18n/formats';
import type { ExportPreview, LengthBar } from '../../../ipc/generated';
import { type Column, ColumnChart } from './ColumnChart';
import classes from './PreviewPane.module.css';

/** How long the examples are, and how they are rated. */
export function PreviewCharts({ preview }: { preview: ExportPreview }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isEstimated = preview.estimatedFrom !== null;
  const ratings = ratingCounts(preview.ratings).map<Column>(([rating, value]) => ({
    label: rating === 0 ? t('export.charts.unrated') : `${formats.number(rating)} ★`,
    value,
  }));
  return (
    <div className={classes.charts}>
      <ColumnChart
        title={t('export.charts.lengths')}
        columns={lengthColumns(preview.lengths)}
        isEstimated={isEstimated}
      />
      <ColumnChart title={t('export.charts.ratings')} columns={ratings} isEstimated={isEstimated} />
    </div>
  );
}

/** From the lowest to the highest; those without a rating, as 0, come first. */
export function ratingCounts(ratings: Readonly<Record<string, number>>): [number, number][] {
  return Object.entries(ratings)
    .map<[number, number]>(([rating, count]) => [Number(rating), count])
    .sort(([one], [other]) => one - other);
}

/** `< 250`, `250`, `500`, `1k` …: each from its number up to the next one's. */
export function lengthColumns(lengths: readonly LengthBar[]): Column[] {
  const short = (count: number) => (count < 1000 ? String(count) : `${count / 1000}k`);
  const last = lengths.findLastIndex((bar) => bar.rows > 0);
  return lengths.slice(0, last + 1).map(({ atLeast, rows }, place) => ({
    label: place === 0 ? `< ${short(lengths[1]?.atLeast ?? 0)}` : `≥ ${short(atLeast)}`,
    value: rows,
  }));
}
