import { render } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { useKeptFocus } from './useKeptFocus';

function List({ names }: { names: string[] }) {
  const list = useRef<HTMLUListElement>(null);
  useKeptFocus(list, 'button', names);
  return (
    <>
      <ul ref={list}>
        {names.map((name) => (
          <li key={name}>
            <button type="button">{name}</button>
          </li>
        ))}
      </ul>
      <input aria-label="elsewhere" />
    </>
  );
}

const focused = () => document.activeElement?.textContent;

describe('the focus in a list that changes', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('goes to what takes the place of the focused item, else to the last one', () => {
    const { getByText, rerender } = render(<List names={['a', 'b', 'c']} />);
    getByText('b').focus();
    rerender(<List names={['a', 'x', 'c']} />);
    expect(focused()).toBe('x');
    getByText('c').focus();
    rerender(<List names={['a']} />);
    expect(focused()).toBe('a');
  });

  it('stays with an item that only moved', () => {
    const { getByText, rerender } = render(<List names={['a', 'b']} />);
    getByText('b').focus();
    rerender(<List names={['b', 'a']} />);
    expect(focused()).toBe('b');
  });

  it('is not taken from elsewhere', () => {
    const { getByText, getByLabelText, rerender } = render(<List names={['a', 'b']} />);
    getByText('b').focus();
    getByLabelText('elsewhere').focus();
    rerender(<List names={['a']} />);
    expect(document.activeElement).toBe(getByLabelText('elsewhere'));
  });
});
