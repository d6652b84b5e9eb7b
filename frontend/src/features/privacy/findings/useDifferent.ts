import { useTranslation } from 'react-i18next';
import type { SensitiveType } from '../../../ipc/generated';

type Counted = Pick<SensitiveType, 'values' | 'unlisted'>;

/** Says how many different values of a type were found, or how many at least where not all are kept. */
export function useDifferent(): (found: Counted) => string {
  const { t } = useTranslation();
  return ({ values, unlisted }) =>
    t(unlisted > 0 ? 'privacy.differentAtLeast' : 'privacy.different', { count: values });
}
