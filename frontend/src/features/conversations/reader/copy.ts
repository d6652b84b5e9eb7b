/** Copies a text; where the browser has no clipboard for pages, by an older way. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    const focused = document.activeElement;
    // A dialog keeps the focus within itself.
    (focused?.closest('[role=dialog]') ?? document.body).append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    if (focused instanceof HTMLElement) {
      focused.focus();
    }
  }
}
