import type { ReactNode } from 'react';
import { ExportSession } from './ExportSession';
import { RunningExport } from './RunningExport';

/** What the export screen keeps on every screen: what the user is doing, and what runs. */
export function ExportProvider({ children }: { children: ReactNode }) {
  return (
    <ExportSession>
      <RunningExport>{children}</RunningExport>
    </ExportSession>
  );
}
