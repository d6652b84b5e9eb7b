import { Button, Checkbox, Group, Loader, Text } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconShieldCheck,
} from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../app/ActionButton';
import { FailureNote } from '../../app/FailureNote';
import { domainText, saidBySystem, useDomainText } from '../../i18n/domain';
import { useFormats } from '../../i18n/formats';
import { call } from '../../ipc/client';
import { isCancelled } from '../../ipc/errors';
import type { Check, Flaw, TaskProgress } from '../../ipc/generated';
import { useTaskText } from '../export/output/useProgressText';
import classes from './Verification.module.css';

const signs = { passed: IconCircleCheck, failed: IconCircleX, skipped: IconCircleMinus };

/** Checks a dataset when asked to: unchanged, whole, without leaks, sensitive data masked. */
export function Verification({ when }: { when: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const describe = useTaskText();
  const [rebuild, setRebuild] = useState(false);
  const [progress, setProgress] = useState<TaskProgress | null>(null);
  const queryKey = ['verification', when];
  const query = useQuery({
    queryKey,
    enabled: false,
    queryFn: ({ signal }) =>
      call('exports_verify', { when, rebuild }, { signal, onProgress: setProgress }),
  });
  const start = () => {
    setProgress(null);
    void query.refetch();
  };
  const verification = query.data?.verification;
  return (
    <div className={classes.verification}>
      <Group gap="sm">
        <ActionButton icon={IconShieldCheck} disabled={query.isFetching} onClick={start}>
          {t('exports.verify.start')}
        </ActionButton>
        {query.isFetching && (
          <>
            <Loader size={14} />
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => void queries.cancelQueries({ queryKey })}
            >
              {t('exports.verify.stop')}
            </Button>
          </>
        )}
        <Text size="sm" c="var(--ink-soft)" role="status">
          {query.isFetching && t('exports.verify.running')}
          {!query.isFetching &&
            verification !== undefined &&
            t(verification.passed ? 'exports.verify.passed' : 'exports.verify.failed')}
        </Text>
      </Group>
      <Checkbox
        size="xs"
        label={t('exports.verify.rebuild')}
        checked={rebuild}
        disabled={query.isFetching}
        onChange={(event) => setRebuild(event.currentTarget.checked)}
      />
      {query.isFetching && progress !== null && (
        <Text size="xs" c="var(--ink-soft)">
          {describe(progress)}
        </Text>
      )}
      {query.error !== null && !isCancelled(query.error) && <FailureNote error={query.error} />}
      {verification !== undefined && !query.isFetching && (
        <ul className={classes.checks}>
          {verification.checks.map((check) => (
            <CheckItem key={check.name} check={check} />
          ))}
        </ul>
      )}
    </div>
  );
}

function CheckItem({ check }: { check: Check }) {
  const { t } = useTranslation();
  const words = useDomainText();
  const Sign = signs[check.status];
  const more = check.flawCount - check.flaws.length;
  return (
    <li data-status={check.status}>
      <Sign
        size={16}
        stroke={1.8}
        role="img"
        aria-label={t(`exports.verify.status.${check.status}`)}
      />
      <div>
        {words(`check.${check.name}`)}
        {check.status === 'skipped' && (
          <span className={classes.reason}> · {words(`skipped.${check.reason}`)}</span>
        )}
        {check.flaws.length > 0 && (
          <ul className={classes.flaws}>
            {check.flaws.map((flaw) => (
              <FlawItem
                key={`${flaw.code} ${flaw.file} ${flaw.rowIndex} ${flaw.detail}`}
                flaw={flaw}
              />
            ))}
            {more > 0 && <li>{t('exports.verify.more', { count: more })}</li>}
          </ul>
        )}
      </div>
    </li>
  );
}

function FlawItem({ flaw }: { flaw: Flaw }) {
  const { language } = useTranslation().i18n;
  const formats = useFormats();
  const { code, file = '', detail = '' } = flaw;
  const row = typeof flaw.rowIndex === 'number' ? formats.number(flaw.rowIndex + 1) : '';
  const params = { file, row, detail: saidBySystem(language, detail) };
  return <li>{domainText(language, `flaw.${code}`, params)}</li>;
}
