import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { FormGroup, GroupedForm } from '../../../app/GroupedForm';
import type { Config } from '../session/config';
import { useTrainingSession } from '../session/TrainingSession';
import { BaseField } from './BaseField';
import classes from './ConfigForm.module.css';
import { DatasetField } from './DatasetField';
import { KeyField } from './KeyField';
import { type AdvancedGroup, advanced, type ConfigKey, essentials } from './keys';
import { PresetField } from './PresetField';
import { ProfileField } from './ProfileField';
import { useSummaries } from './useSummaries';

interface Props {
  config: Config;
  /** What is wrong with the value of a key, as the program said. */
  errorAt: (key: string) => string | undefined;
  /** The key that is at fault, so that it does not hide in a folded group. */
  failedKey: string | null;
}

/** What to train, on what, and how: the essentials first, the rest folded. */
export function ConfigForm({ config, errorAt, failedKey }: Props) {
  const { t } = useTranslation();
  const { setConfig, openGroups, setOpenGroups } = useTrainingSession();
  const summaries = useSummaries(config);
  useOpenAtFailure(failedKey);
  const field = (name: ConfigKey) => (
    <KeyField key={name} name={name} config={config} onChange={setConfig} error={errorAt(name)} />
  );
  return (
    <>
      <section className={classes.section} aria-label={t('training.form.what')}>
        <h2>{t('training.form.what')}</h2>
        <DatasetField config={config} onChange={setConfig} error={errorAt('data.dataset')} />
        <BaseField config={config} onChange={setConfig} error={errorAt('model.base')} />
        <ProfileField config={config} onChange={setConfig} error={errorAt('data.profile')} />
      </section>
      <section className={classes.section} aria-label={t('training.form.how')}>
        <h2>{t('training.form.how')}</h2>
        <PresetField config={config} />
        <div className={classes.pair}>{essentials.map(field)}</div>
      </section>
      <h2 className={classes.further}>
        {t('training.form.advanced')}
        <p>{t('training.form.advancedHelp')}</p>
      </h2>
      <GroupedForm order={3} openGroups={openGroups} onOpen={setOpenGroups}>
        {(Object.keys(advanced) as AdvancedGroup[]).map((name) => (
          <FormGroup
            key={name}
            name={name}
            title={t(`training.group.${name}`)}
            summary={summaries[name]}
            isOpen={openGroups.includes(name)}
          >
            {advanced[name].map(field)}
          </FormGroup>
        ))}
      </GroupedForm>
    </>
  );
}

/** A failure must not hide in a folded group. */
function useOpenAtFailure(failedKey: string | null): void {
  const { openGroups, setOpenGroups } = useTrainingSession();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the user may fold it again.
  useEffect(() => {
    const group = Object.entries<readonly string[]>(advanced).find(
      ([, keys]) => failedKey !== null && keys.includes(failedKey),
    )?.[0];
    if (group !== undefined && !openGroups.includes(group)) {
      setOpenGroups([...openGroups, group]);
    }
  }, [failedKey]);
}
