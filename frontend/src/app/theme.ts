import {
  type CSSVariablesResolver,
  createTheme,
  Input,
  type MantineColorsTuple,
  Modal,
  Rating,
  SegmentedControl,
} from '@mantine/core';

const lagoon: MantineColorsTuple = [
  '#e6f5f3',
  '#cfe9e6',
  '#a1d4cf',
  '#6fbdb6',
  '#46a9a1',
  '#2a9b92',
  '#168a82',
  '#0e736c',
  '#0a5f59',
  '#054743',
];

const slate: MantineColorsTuple = [
  '#dfe3e8',
  '#bcc3cb',
  '#98a0aa',
  '#6d7580',
  '#454c56',
  '#343a43',
  '#272c33',
  '#1c2026',
  '#15181d',
  '#0f1114',
];

/** The library's own red is too bright to carry white words. */
const brick: MantineColorsTuple = [
  '#fdf1ef',
  '#fadfdc',
  '#f3bab4',
  '#ee938a',
  '#e97065',
  '#e25649',
  '#cf3a2c',
  '#b42318',
  '#951c13',
  '#7a170f',
];

export const theme = createTheme({
  colors: { lagoon, dark: slate, red: brick },
  primaryColor: 'lagoon',
  primaryShade: 7,
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: { fontWeight: '640', sizes: { h1: { fontSize: '1.375rem', lineHeight: '1.3' } } },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      styles: { input: { textOverflow: 'ellipsis' } },
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: {
        label: { marginBottom: 3 },
        description: { marginBottom: 2, fontSize: '0.75rem' },
        error: { fontSize: '0.75rem' },
      },
    }),
    Modal: Modal.extend({ styles: { title: { fontSize: '1rem', fontWeight: 640 } } }),
    Rating: Rating.extend({ defaultProps: { color: 'var(--star)' } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { withItemsBorders: false },
      // The library's own ground is nearly the page's: what is not chosen would look like words.
      styles: { root: { backgroundColor: 'var(--rail)' } },
    }),
  },
});

/** Mantine's own soft greys and reds are too faint to read at small sizes. */
const colors = {
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-body': 'var(--panel)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-default-border': 'var(--line-strong)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: colors,
  // Else a button that is words alone is as white as a title.
  dark: { ...colors, '--mantine-color-lagoon-light-color': 'var(--accent)' },
});
