import { fireEvent, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useStartKeys } from './useStartKeys';

const onStart = vi.fn();
const onCancel = vi.fn();

function Screen() {
  useStartKeys({ onStart, onCancel });
  return (
    <>
      <input aria-label="name" />
      <input aria-label="list" role="combobox" aria-expanded="true" aria-controls="x" />
    </>
  );
}

describe('the keys of a screen on which something is started', () => {
  beforeEach(() => {
    vi.clearAllMocks();
  });
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('are heard in a field', () => {
    const { getByLabelText } = render(<Screen />);
    fireEvent.keyDown(getByLabelText('name'), { key: 'Enter' });
    expect(onStart).not.toHaveBeenCalled();
    fireEvent.keyDown(getByLabelText('name'), { key: 'Enter', ctrlKey: true });
    expect(onStart).toHaveBeenCalledOnce();
    fireEvent.keyDown(getByLabelText('name'), { key: 'Escape' });
    expect(onCancel).toHaveBeenCalledOnce();
  });

  it('leave Esc to the open list', () => {
    const { getByLabelText } = render(<Screen />);
    fireEvent.keyDown(getByLabelText('list'), { key: 'Escape' });
    expect(onCancel).not.toHaveBeenCalled();
  });

  it('rest while a dialog is open', () => {
    const { container } = render(<Screen />);
    const dialog = document.createElement('div');
    dialog.setAttribute('role', 'dialog');
    document.body.append(dialog);
    fireEvent.keyDown(container, { key: 'Enter', ctrlKey: true });
    fireEvent.keyDown(container, { key: 'Escape' });
    expect(onStart).not.toHaveBeenCalled();
    expect(onCancel).not.toHaveBeenCalled();
  });
});
