/** The loopback WebSocket to the program that serves this page to a browser. */
import { CommandFailure } from './errors';
import type { CommandError } from './generated';
import { bridgeToken } from './token';

type Answer =
  | { id: number; response: unknown }
  | { id: number; error: CommandError }
  | { channel: string; message: unknown };

interface Pending {
  resolve: (response: unknown) => void;
  reject: (reason: unknown) => void;
}

let nextChannel = 0;

/** Has the interface of Tauri's `Channel`; lives as long as the request that it is sent with. */
export class BridgeChannel {
  readonly id = nextChannel++;
  onmessage: (message: unknown) => void;

  constructor(onmessage: (message: unknown) => void = () => {}) {
    this.onmessage = onmessage;
  }

  toJSON(): string {
    return `__CHANNEL__:${this.id}`;
  }
}

/** One connection; what is pending when it breaks is rejected, and the next request reconnects. */
export class Bridge {
  #socket: Promise<WebSocket> | undefined;
  #pending = new Map<number, Pending>();
  #channels = new Map<string, BridgeChannel>();
  #nextId = 0;
  readonly #connect: () => WebSocket;

  constructor(connect: () => WebSocket) {
    this.#connect = connect;
  }

  async request(command: string, body: object): Promise<unknown> {
    this.#socket ??= this.#open();
    const socket = await this.#socket;
    const id = this.#nextId++;
    const channels = Object.values(body).filter((value) => value instanceof BridgeChannel);
    for (const channel of channels) {
      this.#channels.set(channel.toJSON(), channel);
    }
    try {
      return await new Promise((resolve, reject) => {
        this.#pending.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, command, body }));
      });
    } finally {
      for (const channel of channels) {
        this.#channels.delete(channel.toJSON());
      }
    }
  }

  #open(): Promise<WebSocket> {
    const socket = this.#connect();
    socket.onmessage = (event) => this.#receive(JSON.parse(String(event.data)) as Answer);
    return new Promise((resolve, reject) => {
      socket.onopen = () => resolve(socket);
      socket.onclose = () => {
        this.#socket = undefined;
        const failure = disconnected();
        for (const { reject: rejectPending } of this.#pending.values()) {
          rejectPending(failure);
        }
        this.#pending.clear();
        reject(failure);
      };
    });
  }

  #receive(answer: Answer): void {
    if ('channel' in answer) {
      this.#channels.get(answer.channel)?.onmessage(answer.message);
      return;
    }
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if ('error' in answer) {
      pending?.reject(new CommandFailure(answer.error));
    } else {
      pending?.resolve(answer.response);
    }
  }
}

function disconnected(): CommandFailure {
  return new CommandFailure({ code: 'disconnected', message: '', hint: '' });
}

let shared: Bridge | undefined;

/** The page's connection. */
export function bridge(): Bridge {
  shared ??= new Bridge(
    () =>
      new WebSocket(`ws://${window.location.host}/ipc`, [
        'raise-finetune',
        `token.${bridgeToken()}`,
      ]),
  );
  return shared;
}
