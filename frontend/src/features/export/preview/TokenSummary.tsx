import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDomainText } from '../../../i18n/domain';
import { useFormats } from '../../../i18n/formats';
import type { TokenCheck, TokenCounts, TokenPiece, TokenReport } from '../../../ipc/generated';
import classes from './TokenSummary.module.css';

const SHOWN_PIECES = 8;

/** How long the rows are in tokens, whether a model reads them exactly, and what it cuts off. */
export function TokenSummary({ report }: { report: TokenReport }) {
  const { t } = useTranslation();
  const { check, counts } = report;
  return (
    <div className={classes.summary}>
      <Lengths counts={counts} profile={report.countedAs} />
      <ul className={classes.findings}>
        {check !== null && <Exactness check={check} profile={report.countedAs} />}
        {check !== null && <Problems problems={check.problems} />}
        <Cuts counts={counts} />
        {check?.trainerAddsBos && <Finding>{t('export.tokens.report.bos')}</Finding>}
      </ul>
    </div>
  );
}

function Lengths({ counts, profile }: { counts: TokenCounts; profile: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { rows, counted, tokens, percentiles, longest } = counts;
  return (
    <>
      <p>
        {t('export.tokens.report.total', { count: rows, tokens: formats.number(tokens), profile })}
        {counted < rows &&
          ` ${t('export.tokens.report.estimated', { counted: formats.number(counted) })}`}
      </p>
      <dl className={classes.lengths}>
        <div>
          <dt>{t('export.tokens.report.half')}</dt>
          <dd>{formats.number(percentiles['50'] ?? 0)}</dd>
        </div>
        <div>
          <dt>{t('export.tokens.report.most')}</dt>
          <dd>{formats.number(percentiles['95'] ?? 0)}</dd>
        </div>
        <div>
          <dt>{t('export.tokens.report.longest')}</dt>
          <dd>{formats.number(longest)}</dd>
        </div>
      </dl>
    </>
  );
}

/** Whether the lines give the tokens that the model's own encoder gives. */
function Exactness({ check, profile }: { check: TokenCheck; profile: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { rows, exactRows, reference, differences } = check;
  const [first] = differences;
  if (first === undefined) {
    return (
      <Finding isGood>
        {t('export.tokens.report.exact', { count: rows, profile: reference })}
      </Finding>
    );
  }
  return (
    <Finding>
      {t('export.tokens.report.differ', {
        count: rows - exactRows,
        checked: formats.number(rows),
        profile: reference,
        found: written(first.found),
        expected: written(first.expected),
      })}
      {reference !== profile && ` ${t('export.tokens.report.choose', { profile: reference })}`}
    </Finding>
  );
}

function Problems({ problems }: Pick<TokenCheck, 'problems'>) {
  const { t } = useTranslation();
  const words = useDomainText();
  return Object.entries(problems).map(([name, count]) => (
    <Finding key={name}>
      {t('export.tokens.report.problem', { problem: words(`token_problem.${name}`), count })}
    </Finding>
  ));
}

function Cuts({ counts }: { counts: TokenCounts }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const limit = formats.number(counts.maxLength);
  if (counts.cutAnswers === 0) {
    return <Finding isGood>{t('export.tokens.report.fit', { limit })}</Finding>;
  }
  return (
    <Finding>
      {t('export.tokens.report.cut', {
        count: counts.cutRows,
        limit,
        answers: formats.number(counts.cutAnswers),
        lost: formats.number(counts.lostAnswers),
      })}
    </Finding>
  );
}

function Finding({ isGood = false, children }: { isGood?: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const Sign = isGood ? IconCircleCheck : IconAlertTriangle;
  const name = t(isGood ? 'export.tokens.report.good' : 'export.tokens.report.bad');
  return (
    <li data-good={isGood || undefined}>
      <Sign size={16} stroke={1.8} role="img" aria-label={name} />
      <div>{children}</div>
    </li>
  );
}

/** The first tokens as a person can tell them apart, spaces and all. */
function written(pieces: readonly TokenPiece[]): string {
  const shown = pieces.slice(0, SHOWN_PIECES).map(({ piece }) => JSON.stringify(piece));
  return shown.join(' ') || '—';
}
