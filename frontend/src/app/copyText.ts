/** Copies a text, where the browser has no clipboard for pages by an older way; rejects if none works. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (reason) {
    if (!copyAsSelection(text)) {
      throw reason;
    }
  }
}

/** Copies a text as if somebody had selected it; false where the browser does not let a page do so. */
function copyAsSelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  const focused = document.activeElement;
  // A dialog keeps the focus within itself.
  (focused?.closest('[role=dialog]') ?? document.body).append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) {
    focused.focus();
  }
  return isDone;
}
