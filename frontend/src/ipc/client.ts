/** Typed calls of the application's commands. */
import { Channel, invoke } from '@tauri-apps/api/core';
import type { Commands } from './generated';

export type CommandName = keyof Commands;
export type ResponseOf<Name extends CommandName> = Commands[Name]['response'];
export type ProgressOf<Name extends CommandName> = Commands[Name]['progress'];
export type RequestOf<Name extends CommandName> = Omit<
  Commands[Name]['request'],
  'requestId' | 'onProgress'
>;

export interface CallOptions<Name extends CommandName> {
  /** Aborting asks the program to stop; the call then rejects with the code `cancelled`. */
  signal?: AbortSignal;
  onProgress?: (progress: ProgressOf<Name>) => void;
  /** Names the request, where the page itself wants to know by which name. */
  requestId?: string;
}

/** Milliseconds before asking again to cancel a request that had not begun yet. */
const CANCEL_RETRY = 50;

export async function call<Name extends CommandName>(
  name: Name,
  request: RequestOf<Name>,
  { signal, onProgress, requestId = randomId() }: CallOptions<Name> = {},
): Promise<ResponseOf<Name>> {
  signal?.throwIfAborted();
  const args: Record<string, unknown> = { ...request };
  if (onProgress !== undefined) {
    args.onProgress = new Channel<ProgressOf<Name>>(onProgress);
  }
  if (signal === undefined) {
    return invoke(name, args);
  }
  let running = true;
  const cancel = async () => {
    try {
      while (running && !(await call('app_cancel', { requestId })).cancelled) {
        await new Promise((resolve) => setTimeout(resolve, CANCEL_RETRY));
      }
    } catch {
      // Who cannot be reached any more: the request that was to be cancelled says so itself.
    }
  };
  signal.addEventListener('abort', cancel);
  try {
    return await invoke(name, { ...args, requestId });
  } finally {
    running = false;
    signal.removeEventListener('abort', cancel);
  }
}

/** A name for a request that no other one has. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join(
    '-',
  );
}
