import type { CommandError } from './generated';

/** A command's refusal or failure: what happened and what to do, in the user's language. */
export class CommandFailure extends Error implements CommandError {
  override readonly name = 'CommandFailure';
  readonly code: string;
  // An error's own message would not show in JSON.
  override readonly message: string;
  readonly hint: string;
  readonly field: string | null;

  constructor(error: Pick<CommandError, 'code' | 'message' | 'hint'> & { field?: string | null }) {
    super(error.message);
    this.code = error.code;
    this.message = error.message;
    this.hint = error.hint;
    this.field = error.field ?? null;
  }
}

/** Whether the user stopped what was asked for: nothing to tell as a failure. */
export function isCancelled(error: unknown): boolean {
  return error instanceof CommandFailure && error.code === 'cancelled';
}

/** What the program rejected with, as a `CommandFailure` where it is one of its own errors. */
export function toFailure(reason: unknown): unknown {
  if (typeof reason !== 'string' || !reason.startsWith('{')) {
    return reason;
  }
  return new CommandFailure(JSON.parse(reason) as CommandError);
}
