const KEY = 'raise-finetune-token';

/**
 * The token that the printed link carries after `#token=`. It is taken out of the address at
 * once and kept for this tab alone, so that reloading works and the history holds no token.
 */
export function bridgeToken(): string {
  const given = /^#token=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (given !== undefined) {
    sessionStorage.setItem(KEY, given);
    window.history.replaceState(null, '', window.location.pathname);
  }
  return sessionStorage.getItem(KEY) ?? '';
}
