import { useTranslation } from 'react-i18next';
import { Notice } from '../../../app/Notice';
import { domainText, saidBySystem } from '../../../i18n/domain';
import type { Notice as NoticeData } from '../../../ipc/generated';

/** What to know about an export, whether it is made or only previewed. */
export function Notices({ notices }: { notices: readonly NoticeData[] }) {
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
