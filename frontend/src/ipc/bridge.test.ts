import { beforeEach, describe, expect, it } from 'vitest';
import { Bridge, BridgeChannel } from './bridge';
import { bridgeToken } from './token';

class FakeSocket {
  onopen?: () => void;
  onclose?: () => void;
  onmessage?: (event: { data: string }) => void;
  readonly sent: { id: number; command: string; body: unknown }[] = [];

  send(data: string) {
    this.sent.push(JSON.parse(data));
  }

  receive(answer: unknown) {
    this.onmessage?.({ data: JSON.stringify(answer) });
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

let sockets: FakeSocket[];
let bridge: Bridge;

beforeEach(() => {
  sockets = [];
  bridge = new Bridge(() => {
    const socket = new FakeSocket();
    sockets.push(socket);
    queueMicrotask(() => socket.onopen?.());
    return socket as unknown as WebSocket;
  });
});

describe('Bridge', () => {
  it('matches answers to requests in any order, over one connection', async () => {
    const first = bridge.request('app_about', {});
    const second = bridge.request('app_settings_read', {});
    await settled();
    expect(sockets).toHaveLength(1);
    expect(sockets[0]?.sent).toEqual([
      { id: 0, command: 'app_about', body: {} },
      { id: 1, command: 'app_settings_read', body: {} },
    ]);
    sockets[0]?.receive({ id: 1, response: 'second' });
    sockets[0]?.receive({ id: 0, response: 'first' });
    expect(await first).toBe('first');
    expect(await second).toBe('second');
  });

  it('rejects with the error of the program', async () => {
    const request = bridge.request('app_about', {});
    await settled();
    sockets[0]?.receive({ id: 0, error: { code: 'internal', message: 'm', hint: 'h' } });
    await expect(request).rejects.toMatchObject({ code: 'internal', message: 'm', hint: 'h' });
  });

  it('delivers progress as long as the request runs', async () => {
    const seen: unknown[] = [];
    const channel = new BridgeChannel((message) => seen.push(message));
    const request = bridge.request('ai_export_dataset', { onProgress: channel });
    await settled();
    expect(sockets[0]?.sent[0]?.body).toEqual({ onProgress: channel.toJSON() });
    sockets[0]?.receive({ channel: channel.toJSON(), message: 1 });
    sockets[0]?.receive({ channel: '__CHANNEL__:999', message: 2 });
    sockets[0]?.receive({ id: 0, response: {} });
    await request;
    sockets[0]?.receive({ channel: channel.toJSON(), message: 3 });
    expect(seen).toEqual([1]);
  });

  it('rejects what is pending when the connection breaks, and connects again', async () => {
    const lost = bridge.request('app_about', {});
    await settled();
    sockets[0]?.onclose?.();
    await expect(lost).rejects.toMatchObject({ code: 'disconnected' });
    void bridge.request('app_about', {});
    await settled();
    expect(sockets).toHaveLength(2);
  });
});

describe('bridgeToken', () => {
  it('takes the token out of the address and keeps it for the tab', () => {
    window.location.hash = '#token=a-b_C9';
    expect(bridgeToken()).toBe('a-b_C9');
    expect(window.location.hash).toBe('');
    expect(bridgeToken()).toBe('a-b_C9');
  });

  it('is empty where no link was opened', () => {
    window.location.hash = '#/settings';
    expect(bridgeToken()).toBe('');
    expect(window.location.hash).toBe('#/settings');
  });
});
