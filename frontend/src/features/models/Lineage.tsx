import { useTranslation } from 'react-i18next';
import { type DomainKey, useDomainText } from '../../i18n/domain';
import { useFormats } from '../../i18n/formats';
import type { ModelFile, TrainedModel } from '../../ipc/generated';
import { useFigures } from '../training/figures';
import classes from './ModelsScreen.module.css';

/** What an adapter was made of, and the files that were made of it. */
export function Lineage({ model }: { model: TrainedModel }) {
  const { t } = useTranslation();
  const figures = useFigures();
  const losses = [
    t('models.steps', { count: model.steps }),
    model.loss !== null && t('models.loss', { loss: figures.loss(model.loss) }),
    model.evalLoss !== null &&
      t(model.evalStep === model.steps ? 'models.evalLoss' : 'models.evalLossAt', {
        loss: figures.loss(model.evalLoss),
        step: figures.whole(model.evalStep ?? 0),
      }),
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
      <dt>{t('models.recipe')}</dt>
      <dd>
        <Recipe choices={model.recipe} />
      </dd>
      <dt>{t('models.result')}</dt>
      <dd>{losses.join(' · ')}</dd>
      <Made name="GGUF" file={model.gguf} />
      <Made name="Modelfile" file={model.modelfile} />
    </dl>
  );
}

/** What was chosen otherwise than by default; each key is explained where the pointer rests. */
function Recipe({ choices }: { choices: TrainedModel['recipe'] }) {
  const { t } = useTranslation();
  const words = useDomainText();
  if (choices === null || choices.length === 0) {
    return (
      <span className={classes.soft}>
        {t(choices === null ? 'models.recipeUnknown' : 'models.recipeDefault')}
      </span>
    );
  }
  return (
    <ul className={classes.recipe}>
      {choices.map(({ key, value }) => (
        <li key={key} title={words(`recipe.${key}` as DomainKey)}>
          <code>{key}</code> {value}
        </li>
      ))}
    </ul>
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
