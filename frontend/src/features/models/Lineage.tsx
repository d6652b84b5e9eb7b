import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/formats';
import type { ModelFile, TrainedModel } from '../../ipc/generated';
import { useFigures } from '../training/figures';
import classes from './ModelsScreen.module.css';

/** What an adapter was made of, and the files that were made of it. */
export function Lineage({ model }: { model: TrainedModel }) {
  const { t } = useTranslation();
  const figures = useFigures();
  const losses = [
    t('models.steps', { steps: figures.whole(model.steps) }),
    model.loss !== null && t('models.loss', { loss: figures.loss(model.loss) }),
    model.evalLoss !== null && t('models.evalLoss', { loss: figures.loss(model.evalLoss) }),
  ].filter(Boolean);
  return (
    <dl className={classes.lineage}>
      <dt>{t('models.dataset')}</dt>
      <dd>
        <code>{model.dataset}</code>
        {!model.datasetExists && <Gone />}
      </dd>
      <dt>{t('models.base')}</dt>
      <dd>
        <code>{model.base}</code> <span className={classes.soft}>{model.architecture}</span>
        {!model.baseExists && <Gone />}
      </dd>
      <dt>{t('models.profile')}</dt>
      <dd>{model.profile}</dd>
      <dt>{t('models.result')}</dt>
      <dd>{losses.join(' · ')}</dd>
      <Made name="GGUF" file={model.gguf} />
      <Made name="Modelfile" file={model.modelfile} />
    </dl>
  );
}

function Made({ name, file }: { name: string; file: ModelFile | null }) {
  const formats = useFormats();
  return (
    file !== null && (
      <>
        <dt>{name}</dt>
        <dd>
          <code>{file.path}</code> <span className={classes.soft}>{formats.bytes(file.bytes)}</span>
        </dd>
      </>
    )
  );
}

function Gone() {
  const { t } = useTranslation();
  return <span className={classes.gone}> {t('models.gone')}</span>;
}
