import { Notice } from '../../../app/Notice';
import { useDomainText } from '../../../i18n/domain';
import type { Notice as NoticeData } from '../../../ipc/generated';

/** What to know about an export, whether it is made or only previewed. */
export function Notices({ notices }: { notices: readonly NoticeData[] }) {
  const words = useDomainText();
  return notices.map(({ code, params }) => (
    <Notice key={`${code} ${Object.values(params).join(' ')}`}>
      {words(`notice.${code}`, params)}
    </Notice>
  ));
}
