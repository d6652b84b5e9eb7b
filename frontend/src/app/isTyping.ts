const NO_TEXT = ['button', 'checkbox', 'radio', 'range', 'submit'];

/** Whether a key that was pressed there is text, or chooses in a list, and no shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  const field =
    target instanceof Element ? target.closest('input, textarea, select, [contenteditable]') : null;
  return field !== null && !(field instanceof HTMLInputElement && NO_TEXT.includes(field.type));
}
