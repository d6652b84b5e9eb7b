import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDomainText, useRuleName } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import type { ExplainResponse, PastExport } from '../../../ipc/generated';
import { formatDay } from '../../conversations/format';
import { RecordLink } from '../../conversations/RecordLink';
import { MaskedCounts } from '../../privacy/MaskedCounts';
import { ForgetButton } from '../forget/ForgetButton';
import classes from './Explain.module.css';

/** Where a row comes from, why it is there, what was masked, and what it says. */
export function Explanation({
  past,
  explanation,
  reasons,
}: ExplainResponse & { past: PastExport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOfRule = useRuleName();
  const { split, rowIndex, masked, rules, notes } = explanation;
  const title = t('exports.explain.place', { split, line: formats.number(rowIndex + 1) });
  return (
    <section className={classes.explanation} aria-label={title}>
      <header>
        <h4>
          <span role="status">{title}</span>
        </h4>
        <ForgetButton past={past} record={explanation.record} origin={explanation.origin} />
      </header>
      <Facts {...explanation} root={past.root} />
      <div>
        <h4>{t('exports.explain.why')}</h4>
        <ul className={classes.reasons}>
          {reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
          {Object.entries(notes).map(([key, value]) => (
            <li key={key}>
              {key}: {value}
            </li>
          ))}
        </ul>
      </div>
      <div>
        <h4>{t('exports.explain.masked')}</h4>
        <MaskedCounts masked={masked} isEnabled={past.report.sanitized} />
        {rules.length > 0 && (
          <Text size="xs" c="var(--ink-soft)" mt={4}>
            {t('exports.explain.rules', { rules: rules.map(nameOfRule).join(' · ') })}
          </Text>
        )}
      </div>
      {explanation.messages.length > 0 && <Messages messages={explanation.messages} />}
    </section>
  );
}

function Facts({
  source,
  record,
  origin,
  rating,
  root,
}: ExplainResponse['explanation'] & { root: string }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  return (
    <dl className={classes.facts}>
      {source !== null && (
        <>
          <dt>{t('exports.explain.source')}</dt>
          <dd>
            {[source.title, formatDay(source.date, i18n.language)].filter(Boolean).join(' · ')}
          </dd>
        </>
      )}
      <dt>{t('exports.explain.record')}</dt>
      <dd>
        <code>
          <RecordLink record={record} root={root} />
        </code>
      </dd>
      {origin !== record.split('#')[0] && (
        <>
          <dt>{t('exports.explain.origin')}</dt>
          <dd>
            <code>
              <RecordLink record={origin} root={root} />
            </code>
          </dd>
        </>
      )}
      <dt>{t('exports.explain.rating')}</dt>
      <dd>
        {rating === null
          ? t('export.near.unrated')
          : t('export.near.rating', { rating: formats.number(rating) })}
      </dd>
    </dl>
  );
}

/** The row as it stands in the dataset. */
function Messages({ messages }: Pick<ExplainResponse['explanation'], 'messages'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.messages} tabIndex={0} aria-label={t('exports.explain.text')}>
      <dl>
        {messages.map(({ role, content }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no name but their place
          <div key={place}>
            <dt>{words(`role.${role}`)}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
