import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen } from '@testing-library/react';
import { beforeAll, describe, expect, it } from 'vitest';
import { startI18n } from '../../../i18n';
import { MessageText } from './MessageText';

beforeAll(startI18n);

const show = (text: string, asWritten = false) => {
  cleanup();
  render(
    <MantineProvider env="test">
      <main>
        <MessageText text={text} asWritten={asWritten} />
      </main>
    </MantineProvider>,
  );
  return screen.getByRole('main');
};

describe('a message', () => {
  it('shows HTML as the text that it is', () => {
    const html = '<img src=x onerror=alert(1)> <script>alert(1)</script> <b>bold</b>';
    const shown = show(html);
    expect(shown.textContent).toContain(html);
    expect(shown.querySelector('img, script, b')).toBeNull();
  });

  it('leads nowhere, and shows where it would', () => {
    const shown = show('[here](https://example.org/a) <https://b.org> [x](javascript:alert(1))');
    expect(shown.querySelector('a, [href]')).toBeNull();
    expect(shown.textContent).toContain('https://example.org/a');
    expect(shown.textContent).toContain('javascript:alert(1)');
    // Where the text is the address, it stands there once.
    expect(shown.textContent?.match(/b\.org/g)).toHaveLength(1);
  });

  it('fetches no picture', () => {
    const shown = show('![a chart](https://example.org/p.png)');
    expect(shown.querySelector('img')).toBeNull();
    expect(shown.textContent).toContain('a chart');
    expect(shown.textContent).toContain('https://example.org/p.png');
  });

  it('names the language of code and keeps the code as it is', () => {
    const shown = show('```python\nif a < b:\n    print("&amp;")\n```');
    expect(shown.querySelector('pre')?.textContent).toBe('if a < b:\n    print("&amp;")\n');
    expect(shown.textContent).toContain('python');
  });

  it('formats tables, lists and emphasis, and adds no headings to the page', () => {
    const shown = show('# Title\n\n- **one**\n- [x] two\n\n| a | b |\n|---|---|\n| 1 | 2 |');
    expect(shown.querySelector('h1')).toBeNull();
    expect(shown.querySelector('strong')?.textContent).toBe('one');
    expect(shown.querySelectorAll('li')).toHaveLength(2);
    expect(shown.querySelectorAll('td')).toHaveLength(2);
    expect(shown.querySelector('input')).toBeNull();
  });

  it('has footnotes without links', () => {
    const shown = show('Said[^1].\n\n[^1]: By whom.');
    expect(shown.textContent).toContain('By whom.');
    expect(shown.textContent).not.toContain('user-content');
  });

  it('stands as written where that is wanted, or where it is very long', () => {
    expect(show('**bold**', true).textContent).toBe('**bold**');
    const long = `**bold** ${'word '.repeat(15_000)}`;
    expect(show(long).textContent).toBe(long);
  });
});
