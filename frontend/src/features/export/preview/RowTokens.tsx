import { Loader, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { call } from '../../../ipc/client';
import type { Recipe } from '../session/recipe';
import classes from './RowTokens.module.css';

const states = ['trained', 'masked', 'truncated'] as const;

interface Props {
  /** Names the tokenizer. */
  recipe: Recipe;
  record: string;
}

/** One row as its model reads it: which tokens are learned, only read, or cut off. */
export function RowTokens({ recipe, record }: Props) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['row-tokens', recipe, record],
    queryFn: ({ signal }) => call('dataset_preview_tokens', { recipe, record }, { signal }),
    gcTime: 0,
    retry: false,
  });
  if (query.isError) {
    return <FailureNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (query.data === undefined) {
    return (
      <Text size="xs" c="var(--ink-soft)" role="status">
        <Loader size="xs" /> {t('export.tokens.reading')}
      </Text>
    );
  }
  const { tokens } = query.data;
  return (
    <>
      <ul className={classes.legend}>
        {states
          .map((state) => ({
            state,
            count: tokens.filter((token) => token.state === state).length,
          }))
          .filter(({ count }) => count > 0)
          .map(({ state, count }) => (
            <li key={state} data-state={state}>
              {t(`export.tokens.${state}`, { count })}
            </li>
          ))}
      </ul>
      <pre className={classes.tokens}>
        {tokens.map((token, place) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a token's place is what it is
            key={place}
            data-state={token.state}
            data-control={token.control || undefined}
            title={String(token.id)}
          >
            {token.piece}
          </span>
        ))}
      </pre>
    </>
  );
}
