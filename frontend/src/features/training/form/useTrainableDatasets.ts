import { useQuery } from '@tanstack/react-query';
import type { PastExport } from '../../../ipc/generated';
import { pastExportsQuery } from '../../pastExports/pastExports';
import { standingOf } from '../../pastExports/standing';
import { canTrainOn } from '../../pastExports/trainable';

/** Whether a dataset was exported here and is no longer where it was. */
export function useIsGone(dataset: string): boolean {
  const exports = useQuery(pastExportsQuery).data?.exports ?? [];
  return exports.some(({ past, exists }) => !exists && past.report.output === dataset);
}

/** The datasets exported here that a training takes, newest first. */
export function useTrainableDatasets(): PastExport[] {
  const exports = useQuery(pastExportsQuery).data?.exports ?? [];
  return exports
    .filter((view) => standingOf(view, exports) === 'there' && canTrainOn(view.past))
    .map(({ past }) => past);
}
