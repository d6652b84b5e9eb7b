import { Button, Group, Loader, SegmentedControl, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FailureNote } from '../../../app/FailureNote';
import { call } from '../../../ipc/client';
import type { ForgetPlan } from '../../../ipc/generated';
import classes from './Forget.module.css';
import { PlanView } from './PlanView';

interface Props {
  /** The record, and where it is one answer of it, the whole conversation. */
  choices: readonly string[];
  wanted: string;
  onWant: (record: string) => void;
  error: unknown;
  onAgree: (plan: ForgetPlan) => void;
  onClose: () => void;
}

/** Shows what forgetting means before anything is changed. */
export function ForgetPlanning({ choices, wanted, onWant, error, onAgree, onClose }: Props) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['forget-plan', wanted],
    queryFn: () => call('record_forget_plan', { record: wanted }),
    gcTime: 0,
  });
  const plan = query.data?.plan;
  const agree = () => plan !== undefined && onAgree(plan);
  return (
    <div className={classes.forget}>
      {choices.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('exports.forgetting.what')}
          value={wanted}
          onChange={onWant}
          data={choices.map((record, place) => ({
            value: record,
            label: t(place === 0 ? 'exports.forgetting.answer' : 'exports.forgetting.conversation'),
          }))}
        />
      )}
      {query.isPending && (
        <Text size="sm" c="var(--ink-soft)" role="status">
          <Loader size="xs" /> {t('exports.forgetting.looking')}
        </Text>
      )}
      {(error ?? query.error) !== null && <FailureNote error={error ?? query.error} />}
      {plan !== undefined && <PlanView plan={plan} />}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('exports.forgetting.keep')}
        </Button>
        <Button color="red" disabled={plan === undefined} onClick={agree}>
          {t('exports.forgetting.confirm')}
        </Button>
      </Group>
    </div>
  );
}
