/**
 * Stands in for `@tauri-apps/api/core` (see the aliases in vite.config.ts and tsconfig.json), so
 * that `invoke` reaches this application's Python commands by their names: in the window through
 * PyTauri's plugin, in a browser through the loopback bridge. Everything else is Tauri's own.
 */
import {
  type InvokeArgs,
  type InvokeOptions,
  isTauri,
  Channel as TauriChannel,
  invoke as tauriInvoke,
} from 'tauri-core-original';
import { pyInvoke } from 'tauri-plugin-pytauri-api';
import { BridgeChannel, bridge } from './bridge';
import { toFailure } from './errors';
import { commandNames } from './generated';

export * from 'tauri-core-original';

const names: ReadonlySet<string> = new Set(commandNames);

export type Channel<T> = TauriChannel<T>;
export const Channel = isTauri() ? TauriChannel : (BridgeChannel as typeof TauriChannel);

/** Call a command by its name; rejects with a `CommandFailure` or Tauri's own reason. */
export async function invoke<T>(
  command: string,
  args: InvokeArgs = {},
  options?: InvokeOptions,
): Promise<T> {
  if (!names.has(command)) {
    return tauriInvoke<T>(command, args, options);
  }
  if (!isTauri()) {
    return bridge().request(command, args) as Promise<T>;
  }
  try {
    return await pyInvoke<T>(command, args, options);
  } catch (reason) {
    throw toFailure(reason);
  }
}
