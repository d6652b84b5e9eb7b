import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../../../app/nameOf';
import type { CompareResponse, Comparison } from '../../../ipc/generated';
import { ChangedRows } from './ChangedRows';
import classes from './Compare.module.css';

const KINDS = ['added', 'removed', 'changed', 'moved'] as const;

/** What differs: data and recipe first, since they say why, then the rows by kind. */
export function ComparisonView({ comparison, why, root }: CompareResponse & { root: string }) {
  const { t } = useTranslation();
  const { old, new: now, same, inputChanged, unchanged, recipe } = comparison;
  return (
    <div className={classes.result}>
      <div>
        <p className={classes.direction} title={`${old} → ${now}`}>
          {t('exports.compare.direction', { old: nameOf(old), new: nameOf(now) })}
        </p>
        <Text size="sm" role="status">
          {same
            ? t('exports.compare.same')
            : t(inputChanged ? 'exports.compare.inputChanged' : 'exports.compare.inputSame')}
        </Text>
        {!comparison.sidesCompared && <Text size="sm">{t('exports.compare.noSides')}</Text>}
        <Versions versions={comparison.toolVersions} />
      </div>
      {recipe.length > 0 && <RecipeChanges recipe={recipe} />}
      {KINDS.filter((kind) => comparison[kind].count > 0).map((kind) => (
        <ChangedRows
          key={kind}
          kind={kind}
          changes={comparison[kind]}
          why={why[kind] ?? []}
          root={root}
        />
      ))}
      <Text size="sm" c="var(--ink-soft)">
        {t('exports.compare.unchanged', { count: unchanged })}
      </Text>
    </div>
  );
}

function Versions({ versions: [old, now] }: { versions: Comparison['toolVersions'] }) {
  const { t } = useTranslation();
  return old === now ? null : (
    <Text size="sm">{t('exports.compare.versions', { old, new: now })}</Text>
  );
}

function RecipeChanges({ recipe }: Pick<Comparison, 'recipe'>) {
  const { t } = useTranslation();
  return (
    <div>
      <h4>{t('exports.compare.recipe')}</h4>
      <dl className={classes.recipe}>
        {recipe.map(({ key, old, new: now }) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{t('exports.compare.recipeChange', { old, new: now })}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
