import { IconLink, IconPhoto, IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import Markdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { CopyIcon } from '../../../app/CopyIcon';
import classes from './MessageText.module.css';

/** Characters of a message beyond which formatting it would hold up the page. */
const FORMATTED = 60_000;

/** What the addresses of footnotes begin with, and those of the way back from them. */
const FOOTNOTES = '#user-content-fn';

interface Props {
  text: string;
  asWritten: boolean;
}

/**
 * A message. Its Markdown is formatted, but nothing in it acts: HTML shows as the text that it
 * is, links lead nowhere and show their address, pictures are not fetched.
 */
export const MessageText = memo(({ text, asWritten }: Props) => {
  const { t } = useTranslation();
  if (asWritten || text.length > FORMATTED) {
    return (
      <div className={classes.written} dir="auto">
        {text}
      </div>
    );
  }
  return (
    <div className={classes.text} dir="auto">
      <Markdown
        remarkPlugins={plugins}
        urlTransform={asItIs}
        components={components}
        remarkRehypeOptions={{
          footnoteLabel: t('conversations.message.footnotes'),
          footnoteLabelTagName: 'div',
        }}
      >
        {text}
      </Markdown>
    </div>
  );
});

const plugins = [remarkGfm];

// No address is ever followed, so none has to be made harmless; it is shown as it stands.
const asItIs = (url: string) => url;

const components: Components = {
  // A message's headings are not the page's.
  h1: Heading,
  h2: Heading,
  h3: Heading,
  h4: Heading,
  h5: Heading,
  h6: Heading,
  a: ({ href = '', children }) => {
    if (href.startsWith(FOOTNOTES)) {
      return href.startsWith(`${FOOTNOTES}ref`) ? null : <span>{children}</span>;
    }
    return <InertLink href={href}>{children}</InertLink>;
  },
  img: ({ src, alt = '' }) => (
    <UnloadedPicture src={typeof src === 'string' ? src : ''} alt={alt} />
  ),
  pre: ({ node }) => {
    const code = node?.children[0];
    const source = code?.type === 'element' ? textOf(code) : '';
    const names = code?.type === 'element' ? code.properties.className : [];
    const language = Array.isArray(names) ? String(names[0] ?? '').replace(/^language-/, '') : '';
    return <CodeBlock source={source} language={language} />;
  },
  table: ({ children }) => <WideTable>{children}</WideTable>,
  input: ({ checked }) =>
    checked ? (
      <IconSquareCheck size={15} className={classes.box} role="img" aria-label="☑" />
    ) : (
      <IconSquare size={15} className={classes.box} role="img" aria-label="☐" />
    ),
};

function Heading({ node, children }: ExtraProps & { children?: React.ReactNode }) {
  return (
    <div className={classes.heading} data-level={node?.tagName}>
      {children}
    </div>
  );
}

type Node = { type: string; value?: string; children?: Node[] };

function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join('');
}

function InertLink({ href, children }: { href: string; children: React.ReactNode }) {
  const { t } = useTranslation();
  const shows = typeof children === 'string' && href.endsWith(children);
  return (
    <span className={classes.link}>
      <span className={classes.linkText}>{children}</span>
      {!shows && href !== '' && (
        <span className={classes.address}>
          <IconLink size={13} aria-hidden />
          {href}
        </span>
      )}
      <CopyIcon text={href} label={t('conversations.message.copyLink')} />
    </span>
  );
}

function UnloadedPicture({ src, alt }: { src: string; alt: string }) {
  const { t } = useTranslation();
  return (
    <span className={classes.picture}>
      <IconPhoto size={15} aria-hidden />
      {alt || t('conversations.message.picture')}
      <span className={classes.address}>{src}</span>
    </span>
  );
}

function WideTable({ children }: { children?: React.ReactNode }) {
  const { t } = useTranslation();
  return (
    <section
      className={classes.tableFrame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
      tabIndex={0}
      aria-label={t('conversations.message.table')}
    >
      <table>{children}</table>
    </section>
  );
}

function CodeBlock({ source, language }: { source: string; language: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.code}>
      <div className={classes.codeHead}>
        <span>{language || t('conversations.message.code')}</span>
        <CopyIcon text={source} label={t('conversations.message.copyCode')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard */}
      <pre tabIndex={0}>
        <code>{source}</code>
      </pre>
    </div>
  );
}
