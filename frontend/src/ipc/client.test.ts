import { beforeEach, describe, expect, it, vi } from 'vitest';
import { call } from './client';
import { CommandFailure } from './errors';

const { invoke } = vi.hoisted(() => ({ invoke: vi.fn() }));

vi.mock('@tauri-apps/api/core', () => ({
  invoke,
  Channel: class {
    constructor(readonly onmessage: unknown) {}
  },
}));

const stopped = new CommandFailure({ code: 'cancelled', message: '', hint: '' });

beforeEach(() => {
  invoke.mockReset();
});

describe('call', () => {
  it('sends just the request where nothing else is asked for', async () => {
    invoke.mockResolvedValue({ version: '1' });
    expect(await call('app_about', {})).toEqual({ version: '1' });
    expect(invoke.mock.calls).toEqual([['app_about', {}]]);
  });

  it('hands on progress', async () => {
    invoke.mockImplementation(async (_name, args) => args.onProgress.onmessage({ done: 3 }));
    const seen: unknown[] = [];
    await call('library_open', {}, { onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ done: 3 }]);
  });

  it('does not start what was aborted before', async () => {
    await expect(call('library_open', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(invoke).not.toHaveBeenCalled();
  });

  it('cancels by its id, again until the request has begun', async () => {
    const controller = new AbortController();
    const cancels: string[] = [];
    let reject: (reason: unknown) => void = () => {};
    let requestId: string | undefined;
    invoke.mockImplementation((name, args) => {
      if (name === 'app_cancel') {
        cancels.push(args.requestId);
        if (cancels.length < 3) {
          return Promise.resolve({ cancelled: false });
        }
        reject(stopped);
        return Promise.resolve({ cancelled: true });
      }
      requestId = args.requestId;
      return new Promise((_resolve, fail) => {
        reject = fail;
      });
    });
    const opening = call('library_open', {}, { signal: controller.signal });
    controller.abort();
    await expect(opening).rejects.toBe(stopped);
    expect(requestId).toMatch(/^[A-Za-z0-9-]{1,64}$/);
    expect(cancels).toEqual([requestId, requestId, requestId]);
  });

  it('fails once where the program cannot be reached any more to cancel', async () => {
    const gone = new CommandFailure({ code: 'disconnected', message: '', hint: '' });
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    const controller = new AbortController();
    let reject: (reason: unknown) => void = () => {};
    invoke.mockImplementation((name) =>
      name === 'app_cancel'
        ? Promise.reject(gone)
        : new Promise((_resolve, fail) => {
            reject = fail;
          }),
    );
    const opening = call('library_open', {}, { signal: controller.signal });
    controller.abort();
    reject(gone);
    await expect(opening).rejects.toBe(gone);
    await new Promise((resolve) => setTimeout(resolve));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('forgets about cancelling once it is answered', async () => {
    const controller = new AbortController();
    invoke.mockResolvedValue({});
    await call('library_open', {}, { signal: controller.signal });
    controller.abort();
    expect(invoke).toHaveBeenCalledTimes(1);
  });
});
