import { MantineProvider } from '@mantine/core';
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startI18n } from '../i18n';
import { CommandFailure } from '../ipc/errors';
import { FailureNote } from './FailureNote';

const shown = (error: unknown) =>
  render(
    <MantineProvider>
      <FailureNote error={error} />
    </MantineProvider>,
  );

const failure = (code: string) => new CommandFailure({ code, message: 'No.', hint: 'Do so.' });

describe('a failure', () => {
  beforeEach(startI18n);
  afterEach(cleanup);

  it('says what to do', () => {
    const { getByRole, container } = shown(failure('disk_full'));
    expect(getByRole('alert').textContent).toBe('No.Do so.');
    expect(container.querySelector('code')).toBeNull();
  });

  it('gives the commands that install what is missing', () => {
    const { container } = shown(failure('trainer_not_installed'));
    expect([...container.querySelectorAll('code')].map((code) => code.textContent)).toEqual([
      'pip install torch',
      'pip install "raise-finetune[trainer]"',
    ]);
  });
});
