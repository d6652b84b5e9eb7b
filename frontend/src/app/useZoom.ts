import { isTauri } from '@tauri-apps/api/core';
import { getCurrentWebview } from '@tauri-apps/api/webview';
import { useEffect, useRef } from 'react';
import { useChangeSettings, useSettings } from '../ipc/settings';
import { wheelCounter, type Zoom, type ZoomChange, zoomChangeOf, zoomed } from './zoom';

/** Gives the window the zoom keys and the wheel of a browser, which has its own. */
export function useZoom() {
  const zoom = useSettings().data?.settings.zoom ?? 100;
  const stored = useChangeSettings();
  const { mutate } = stored;
  useEffect(() => {
    if (isTauri()) {
      void getCurrentWebview().setZoom(zoom / 100);
    }
  }, [zoom]);

  const latest = useRef<Zoom>(zoom);
  latest.current = zoom;
  useEffect(() => {
    if (!isTauri()) {
      return;
    }
    return listenForZoom((change) => {
      const next = zoomed(latest.current, change);
      if (next !== latest.current) {
        latest.current = next; // the next key may come before the page shows this one
        mutate({ zoom: next });
      }
    });
  }, [mutate]);
  return stored;
}

function listenForZoom(onChange: (change: ZoomChange) => void): () => void {
  const turned = wheelCounter();
  const onKey = (event: KeyboardEvent) => {
    const change = zoomChangeOf(event);
    if (change !== undefined) {
      event.preventDefault();
      onChange(change);
    }
  };
  const onWheel = (event: WheelEvent) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault(); // else the page scrolls, too
      const change = turned(event.deltaY);
      if (change !== undefined) {
        onChange(change);
      }
    }
  };
  window.addEventListener('keydown', onKey);
  window.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener('wheel', onWheel);
  };
}
