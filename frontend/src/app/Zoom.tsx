import { isTauri } from '@tauri-apps/api/core';
import { ActionToast } from '../features/conversations/ActionToast';
import { useZoom } from './useZoom';

/** Zooms the window by keys and wheel, and says so where it cannot stay as it was asked for. */
export function Zoom() {
  const change = useZoom();
  if (!isTauri()) {
    return null;
  }
  return (
    <ActionToast
      message={change.isError ? { kind: 'failed', error: change.error } : null}
      onClose={change.reset}
    />
  );
}
