import { useQuery } from '@tanstack/react-query';
import type { PastExport } from '../../../ipc/generated';
import { pastExportsQuery } from '../../pastExports/pastExports';
import { standingOf } from '../../pastExports/standing';
import { canTrainOn } from '../../pastExports/trainable';

/** The datasets exported here that a training takes, newest first. */
export function useTrainableDatasets(): PastExport[] {
  const exports = useQuery(pastExportsQuery).data?.exports ?? [];
  return exports
    .filter((view) => standingOf(view, exports) === 'there' && canTrainOn(view.past))
    .map(({ past }) => past);
}
