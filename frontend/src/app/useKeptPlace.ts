import { useEffect } from 'react';

/** Milliseconds in which what takes the place of the focused element may take the focus itself. */
const GRACE = 60;

const PARTS = 'section, article, form, nav, main, [role="dialog"], [role="region"]';

/**
 * Keeps the keyboard's place where a button that was pressed goes away or rests: a button that
 * rests only while it works has the focus again afterwards; else the title of the part around it
 * takes the focus. After a dialog it is what opened it. Without this the keyboard would begin again
 * at the top of the page.
 */
export function useKeptPlace(): void {
  useEffect(() => {
    /** What has the focus, and all that is around it, from the inside. */
    let path: HTMLElement[] = [];
    /** The same of what had it before a dialog took it. */
    let opener: HTMLElement[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const note = (event: Event) => {
      const next = event.target instanceof HTMLElement ? pathOf(event.target) : [];
      if (isInDialog(next) && path.length > 0 && !isInDialog(path)) {
        opener = path;
      }
      path = next;
    };
    // Whoever points elsewhere leaves the place on purpose.
    const leave = () => {
      path = [];
    };
    const keep = () => {
      timer = undefined;
      if (isLost()) {
        const isDialogGone = isInDialog(path) && path[0]?.isConnected === false;
        successorOf(isDialogGone ? opener : path)?.focus();
      }
    };
    const observer = new MutationObserver(() => {
      if (timer === undefined && path.length > 0 && isLost()) {
        timer = setTimeout(keep, GRACE);
      }
    });
    document.addEventListener('focusin', note);
    document.addEventListener('pointerdown', leave, true);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['disabled'],
    });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerdown', leave, true);
    };
  }, []);
}

function pathOf(element: HTMLElement): HTMLElement[] {
  const path = [element];
  for (let next = element.parentElement; next !== null; next = next.parentElement) {
    path.push(next);
  }
  return path;
}

function isInDialog(path: readonly HTMLElement[]): boolean {
  return path.some((element) => element.getAttribute('role') === 'dialog');
}

function isLost(): boolean {
  const { activeElement: active } = document;
  return active === null || active === document.body || active.matches(':disabled');
}

function successorOf([element, ...around]: HTMLElement[]): HTMLElement | undefined {
  if (element === undefined) {
    return undefined;
  }
  if (element.isConnected && !element.matches(':disabled')) {
    return element;
  }
  if (element.isConnected && element.matches('[data-loading]')) {
    return undefined; // it comes back
  }
  const part =
    around.find((each) => each.isConnected && each.matches(PARTS)) ??
    document.querySelector<HTMLElement>('main');
  const successor = part?.querySelector<HTMLElement>('h1, h2, h3, h4') ?? part ?? undefined;
  if (successor !== undefined && !successor.hasAttribute('tabindex')) {
    successor.tabIndex = -1;
  }
  return successor;
}
