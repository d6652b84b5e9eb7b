import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { useRovingRows } from './useRovingRows';

function List({ names, start }: { names: string[]; start?: number }) {
  const { onKeyDown, row, tabIndex } = useRovingRows(names.length, start);
  return (
    <>
      <ul onKeyDown={onKeyDown}>
        {names.map((name, place) => (
          <li key={name} {...row(place)}>
            <button type="button" tabIndex={tabIndex(place)}>
              {name}
            </button>
            {name !== 'b' && (
              <a href="#x" tabIndex={tabIndex(place)}>
                {`link of ${name}`}
              </a>
            )}
          </li>
        ))}
      </ul>
      <button type="button">after</button>
    </>
  );
}

const focused = () => document.activeElement?.textContent;

describe('a list that is walked by the arrow keys', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('is left by Tab after one row', async () => {
    const user = userEvent.setup();
    render(<List names={['a', 'b', 'c']} />);
    const stops: (string | null | undefined)[] = [];
    for (let each = 0; each < 3; each++) {
      await user.tab();
      stops.push(focused());
    }
    expect(stops).toEqual(['a', 'link of a', 'after']);
  });

  it('walks to the same control of other rows, and not past its ends', async () => {
    const user = userEvent.setup();
    render(<List names={['a', 'b', 'c']} />);
    await user.tab();
    const walked: (string | null | undefined)[] = [];
    for (const key of ['{ArrowUp}', '{ArrowDown}', '{End}', '{ArrowDown}', '{Home}']) {
      await user.keyboard(key);
      walked.push(focused());
    }
    expect(walked).toEqual(['a', 'b', 'c', 'c', 'a']);
    await user.tab();
    await user.keyboard('{ArrowDown}');
    expect(focused()).toBe('b'); // which has no link
    await user.tab({ shift: true });
    await user.tab();
    expect(focused()).toBe('b');
  });

  it('begins at what is shown, though less is left', async () => {
    const user = userEvent.setup();
    const { rerender } = render(<List names={['a', 'b', 'c']} start={2} />);
    await user.tab();
    expect(focused()).toBe('c');
    rerender(<List names={['a', 'b']} start={2} />);
    await user.tab();
    expect(focused()).toBe('b');
  });
});
