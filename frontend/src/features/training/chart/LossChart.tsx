import { useElementSize } from '@mantine/hooks';
import { type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFigures } from '../figures';
import { lowest, nearest, type Point, thinned } from './curve';
import classes from './LossChart.module.css';
import { rangeOf, type Scale, scaleOf, ticksOf } from './scale';

const HEIGHT = 260;
const MARGIN = { top: 10, right: 14, bottom: 26, left: 48 };
const POINTS_SHOWN = 400;

interface Props {
  train: readonly Point[];
  validation: readonly Point[];
  maxSteps: number;
}

/** How the loss falls, on what is trained on and on what is not; the numbers are at hand as text. */
export function LossChart({ train, validation, maxSteps }: Props) {
  const { t } = useTranslation();
  const figures = useFigures();
  const { ref, width } = useElementSize();
  const [pointed, setPointed] = useState<number>();
  const shown = thinned(train, POINTS_SHOWN);
  const steps = { low: 0, high: Math.max(maxSteps, 1) };
  const losses = rangeOf([...shown, ...validation].map((point) => point.value));
  const x = scaleOf(steps, MARGIN.left, Math.max(width - MARGIN.right, MARGIN.left + 1));
  const y = scaleOf(losses, HEIGHT - MARGIN.bottom, MARGIN.top);
  const point = (event: PointerEvent<SVGSVGElement>) => {
    const place = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = (place - MARGIN.left) / Math.max(width - MARGIN.left - MARGIN.right, 1);
    setPointed(share < 0 || share > 1 ? undefined : share * steps.high);
  };
  return (
    <figure className={classes.chart} ref={ref}>
      <figcaption className={classes.legend}>
        <Reading name="train" points={train} step={pointed} />
        <Reading name="validation" points={validation} step={pointed} />
        {pointed !== undefined && (
          <span className={classes.step}>
            {t('training.chart.step', { step: figures.whole(Math.round(pointed)) })}
          </span>
        )}
      </figcaption>
      <svg
        className={classes.drawing}
        width="100%"
        height={HEIGHT}
        role="img"
        aria-label={t('training.chart.title')}
        onPointerMove={point}
        onPointerLeave={() => setPointed(undefined)}
      >
        {ticksOf(losses, 5).map((tick) => (
          <g key={tick}>
            <line
              className={classes.grid}
              x1={MARGIN.left}
              x2={width - MARGIN.right}
              y1={y(tick)}
              y2={y(tick)}
            />
            <text className={classes.tick} x={MARGIN.left - 8} y={y(tick)} data-side="left">
              {figures.tick(tick)}
            </text>
          </g>
        ))}
        {ticksOf(steps, width > 480 ? 8 : 4, 1).map((tick) => (
          <text key={tick} className={classes.tick} x={x(tick)} y={HEIGHT - 8} data-side="below">
            {figures.whole(tick)}
          </text>
        ))}
        {shown.length === 0 && (
          <text className={classes.tick} x={x(steps.high / 2)} y={HEIGHT / 2 - 8} data-side="below">
            {t('training.chart.waiting')}
          </text>
        )}
        {pointed !== undefined && (
          <line
            className={classes.cursor}
            x1={x(pointed)}
            x2={x(pointed)}
            y1={MARGIN.top}
            y2={HEIGHT - MARGIN.bottom}
          />
        )}
        <path className={classes.line} data-curve="train" d={pathOf(shown, x, y)} />
        <path className={classes.line} data-curve="validation" d={pathOf(validation, x, y)} />
        {validation.map(({ step, value }) => (
          <circle
            key={step}
            className={classes.dot}
            data-curve="validation"
            cx={x(step)}
            cy={y(value)}
            r={3}
          />
        ))}
        {shown.length === 1 && shown[0] !== undefined && (
          <circle
            className={classes.dot}
            data-curve="train"
            cx={x(shown[0].step)}
            cy={y(shown[0].value)}
            r={3}
          />
        )}
      </svg>
    </figure>
  );
}

interface ReadingProps {
  name: 'train' | 'validation';
  points: readonly Point[];
  /** What the pointer is at; undefined for the newest. */
  step: number | undefined;
}

/** A curve's name with its value: the newest, or the one at the pointer. */
function Reading({ name, points, step }: ReadingProps) {
  const { t } = useTranslation();
  const figures = useFigures();
  const read = step === undefined ? points.at(-1) : nearest(points, step);
  const best = name === 'validation' ? lowest(points) : undefined;
  return (
    <span className={classes.reading} data-curve={name}>
      <span className={classes.name}>{t(`training.chart.${name}`)}</span>
      <strong>{read === undefined ? '–' : figures.loss(read.value)}</strong>
      {best !== undefined && step === undefined && points.length > 1 && (
        <span className={classes.best}>
          {t('training.chart.lowest', {
            loss: figures.loss(best.value),
            step: figures.whole(best.step),
          })}
        </span>
      )}
    </span>
  );
}

function pathOf(points: readonly Point[], x: Scale, y: Scale): string {
  return points
    .filter(({ value }) => Number.isFinite(value))
    .map(
      ({ step, value }, place) =>
        `${place === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(value).toFixed(1)}`,
    )
    .join('');
}
