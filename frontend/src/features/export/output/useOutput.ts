import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PastExport } from '../../../ipc/generated';
import { useAbout } from '../../../ipc/settings';
import { pastExportsQuery } from '../../pastExports/pastExports';
import { useExportSession } from '../session/ExportSession';
import { freshName, type OutputPlace, placeOf } from '../session/outputPath';

export interface Output {
  written: string;
  /** Null while nothing is written. */
  place: OutputPlace | null;
  isRelative: boolean;
  /** The export made here before, whose dataset still stands there and will be replaced. */
  replaces: PastExport | undefined;
  /** What the dialog refused; null if nothing. */
  failure: unknown;
  write: (path: string) => void;
  fail: (error: unknown) => void;
}

/** Where the dataset goes: what the user wrote, or a name that is still free. */
export function useOutput(): Output {
  const { outputPath, setOutputPath } = useExportSession();
  const datasetFolder = useAbout().data?.datasetFolder;
  const past = useQuery(pastExportsQuery).data?.exports;
  const [failure, setFailure] = useState<unknown>(null);
  const [today] = useState(() => new Date());

  const standing = (path: string) =>
    past?.find(({ past: each, exists }) => exists && each.report.output === path)?.past;
  const written =
    outputPath ??
    (past === undefined || datasetFolder === undefined
      ? ''
      : freshName(today, (name) => standing(`${datasetFolder}/training/${name}`) !== undefined));
  const place = placeOf(written, datasetFolder ?? '');
  return {
    written,
    place,
    isRelative: place !== null && place.path !== written.trim(),
    replaces: place === null ? undefined : standing(place.path),
    failure,
    write: (path) => {
      setOutputPath(path);
      setFailure(null);
    },
    fail: setFailure,
  };
}
