export interface OutputPlace {
  kind: 'file' | 'folder';
  /** Where the program will write, as far as the page can tell. */
  path: string;
}

/** What an output path means: the rules of `resolve_target` in the program. */
export function placeOf(written: string, datasetFolder: string): OutputPlace | null {
  const path = written.trim();
  if (path === '') {
    return null;
  }
  const isAbsolute = /^([/~]|[A-Za-z]:[\\/])/.test(path);
  return {
    kind: /\.jsonl\/*$/.test(path) ? 'file' : 'folder',
    path: isAbsolute ? path : `${datasetFolder}/training/${path.replace(/^(\.\/)+/, '')}`,
  };
}

/** A name for a new dataset that none of the known ones has: `dataset-2026-11-23`, then `…-2`. */
export function freshName(day: Date, isTaken: (name: string) => boolean): string {
  const pad = (part: number) => String(part).padStart(2, '0');
  const name = `dataset-${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) {
      return candidate;
    }
  }
}
