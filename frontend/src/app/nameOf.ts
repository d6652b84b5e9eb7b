/** The last part of a path. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** What a list has room for. */
const LONGEST = 60;

/** The last part of a path for a list: of a very long one its beginning and its end, which differ. */
export function shortNameOf(path: string, longest = LONGEST): string {
  const letters = [...nameOf(path)];
  if (letters.length <= longest) {
    return letters.join('');
  }
  const half = Math.floor(longest / 2);
  return `${letters.slice(0, half).join('')}…${letters.slice(-half).join('')}`;
}
