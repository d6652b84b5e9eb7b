/** The place in a list of `total` after a key; undefined where the key moves nothing. */
export function placeAfterKey(
  key: string,
  place: number,
  total: number,
  perPage: number,
): number | undefined {
  const moved = {
    ArrowDown: place + 1,
    ArrowUp: place - 1,
    PageDown: place + perPage,
    PageUp: place - perPage,
    Home: 0,
    End: total - 1,
  }[key];
  return moved === undefined ? undefined : Math.max(0, Math.min(total - 1, moved));
}
