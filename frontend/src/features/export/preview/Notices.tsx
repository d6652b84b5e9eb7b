import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Folded } from '../../../app/Folded';
import { Notice } from '../../../app/Notice';
import { domainText, saidBySystem } from '../../../i18n/domain';
import type { Notice as NoticeData } from '../../../ipc/generated';

interface Props {
  notices: readonly NoticeData[];
}

// More would push what is asked for out of sight.
const SHOWN = 3;

/** What to know about an export, whether it is made or only previewed. */
export function Notices({ notices }: Props) {
  const { t } = useTranslation();
  const shown = notices.length > SHOWN + 1 ? SHOWN : notices.length;
  const rest = notices.slice(shown);
  return (
    <>
      <Told notices={notices.slice(0, shown)} />
      {rest.length > 0 && (
        <Folded title={t('export.moreNotices', { count: rest.length })}>
          <Stack gap="sm">
            <Told notices={rest} />
          </Stack>
        </Folded>
      )}
    </>
  );
}

function Told({ notices }: Props) {
  const { language } = useTranslation().i18n;
  return notices.map(({ code, params }) => {
    const told = Object.entries(params).map(([name, words]) => [
      name,
      saidBySystem(language, words),
    ]);
    return (
      <Notice key={`${code} ${Object.values(params).join(' ')}`}>
        {domainText(language, `notice.${code}`, Object.fromEntries(told))}
      </Notice>
    );
  });
}
