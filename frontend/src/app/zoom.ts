import type { AppSettingsOutput } from '../ipc/generated';

export type Zoom = AppSettingsOutput['zoom'];
export type ZoomChange = 'in' | 'out' | 'reset';

/** In percent: a browser's steps, as far as the page stays usable in a window of its usual size. */
export const zooms: readonly Zoom[] = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200];

/** What a key asks for. A French keyboard has `0` on Shift: like browsers, go by its place then. */
export function zoomChangeOf(event: KeyboardEvent): ZoomChange | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) {
    return undefined;
  }
  if (event.key === '+' || event.key === '=') {
    return 'in';
  }
  if (event.key === '-' || event.key === '_') {
    return 'out';
  }
  return event.key === '0' || event.code === 'Digit0' ? 'reset' : undefined;
}

/** The zoom after a change: the same at the end of the scale. */
export function zoomed(zoom: Zoom, change: ZoomChange): Zoom {
  if (change === 'reset') {
    return 100;
  }
  return zooms[zooms.indexOf(zoom) + (change === 'in' ? 1 : -1)] ?? zoom;
}

/** Less than a wheel's notch in any browser; a touchpad adds up many small moves to it. */
const STEP = 40;

/** Counts what a wheel turns, and tells each step of zoom. */
export function wheelCounter(): (deltaY: number) => ZoomChange | undefined {
  let turned = 0;
  return (deltaY) => {
    turned = Math.sign(deltaY) === Math.sign(turned) ? turned + deltaY : deltaY;
    if (Math.abs(turned) < STEP) {
      return undefined;
    }
    const change = turned < 0 ? 'in' : 'out';
    turned = 0;
    return change;
  };
}
