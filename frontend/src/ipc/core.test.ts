import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

type Invocation = { command: string; args: unknown; headers: Record<string, string> };

describe('in the window', () => {
  let invocations: Invocation[];
  let answer: () => Promise<unknown>;

  beforeEach(() => {
    invocations = [];
    answer = async () => 'answered';
    vi.resetModules();
    vi.stubGlobal('isTauri', true);
    vi.stubGlobal('__TAURI_INTERNALS__', {
      transformCallback: () => 42,
      invoke: (command: string, args: unknown, options?: { headers?: Headers }) => {
        invocations.push({ command, args, headers: Object.fromEntries(options?.headers ?? []) });
        return answer();
      },
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const decode = (args: unknown) => JSON.parse(new TextDecoder().decode(args as Uint8Array));

  it("runs the mission's snippet verbatim against Python", async () => {
    const { invoke } = await import('@tauri-apps/api/core');
    await invoke('ai_export_dataset', { outputPath: '/path/to/save/dataset.jsonl' });

    expect(invocations).toHaveLength(1);
    expect(invocations[0]?.command).toBe('plugin:pytauri|pyfunc');
    expect(invocations[0]?.headers).toEqual({ pyfunc: 'ai_export_dataset' });
    expect(decode(invocations[0]?.args)).toEqual({ outputPath: '/path/to/save/dataset.jsonl' });
  });

  it("passes a channel in Tauri's own form", async () => {
    const { Channel, invoke } = await import('@tauri-apps/api/core');
    await invoke('ai_export_dataset', { outputPath: 'a', onProgress: new Channel() });
    expect(decode(invocations[0]?.args)).toEqual({
      outputPath: 'a',
      onProgress: '__CHANNEL__:42',
    });
  });

  it("leaves Tauri's own commands alone", async () => {
    const { invoke } = await import('@tauri-apps/api/core');
    expect(await invoke('plugin:event|listen', { event: 'x' })).toBe('answered');
    expect(invocations[0]).toEqual({
      command: 'plugin:event|listen',
      args: { event: 'x' },
      headers: {},
    });
  });

  it("rejects with the program's error", async () => {
    const { invoke } = await import('@tauri-apps/api/core');
    answer = () => Promise.reject('{"code":"cancelled","message":"Stopped.","hint":"Go on."}');
    await expect(invoke('ai_export_dataset', { outputPath: 'a' })).rejects.toMatchObject({
      code: 'cancelled',
      message: 'Stopped.',
      hint: 'Go on.',
      field: null,
    });
  });

  it('passes on a reason that is not the program’s', async () => {
    const { invoke } = await import('@tauri-apps/api/core');
    answer = () => Promise.reject('plugin pytauri not found');
    await expect(invoke('app_about')).rejects.toBe('plugin pytauri not found');
  });
});
