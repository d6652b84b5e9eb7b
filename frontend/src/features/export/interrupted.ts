import { useQuery } from '@tanstack/react-query';
import { call } from '../../ipc/client';
import type { InterruptedExport } from '../../ipc/generated';
import { useSettings } from '../../ipc/settings';
import { interruptedKey, useExportJob } from './session/RunningExport';

/** The exports that were killed, but for the one that is being made again. */
export function useInterruptedExports(): InterruptedExport[] {
  const { job } = useExportJob();
  const folder = useSettings().data?.dataFolder.path;
  const { data } = useQuery({
    queryKey: [...interruptedKey, folder],
    queryFn: () => call('exports_interrupted', {}),
  });
  const running = job.state === 'running' ? job.request.outputPath : null;
  return data?.exports.filter((each) => each.output !== running) ?? [];
}
