import { useTranslation } from 'react-i18next';
import { type Point, thinned } from '../chart/curve';
import { useFigures } from '../figures';
import classes from './RunReport.module.css';

const ROWS = 60;

interface Props {
  train: readonly Point[];
  validation: readonly Point[];
}

/** The curves as numbers, for who does not see them or wants to read them off. */
export function LossTable({ train, validation }: Props) {
  const { t } = useTranslation();
  const figures = useFigures();
  const validated = new Map(validation.map(({ step, value }) => [step, value]));
  const trained = new Map(thinned(train, ROWS).map(({ step, value }) => [step, value]));
  const steps = [...new Set([...trained.keys(), ...validated.keys()])].sort((a, b) => a - b);
  const shown = (loss: number | undefined) => (loss === undefined ? '' : figures.loss(loss));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section className={classes.table} tabIndex={0} aria-label={t('training.run.table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('training.run.step')}</th>
            <th scope="col">{t('training.chart.train')}</th>
            <th scope="col">{t('training.chart.validation')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step}>
              <td>{figures.whole(step)}</td>
              <td>{shown(trained.get(step))}</td>
              <td>{shown(validated.get(step))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
