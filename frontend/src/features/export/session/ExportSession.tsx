import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { useKept } from '../../../app/kept';
import { call } from '../../../ipc/client';
import type { ProfileView } from '../../../ipc/generated';
import { useSettings } from '../../../ipc/settings';
import type { Place } from '../../pastExports/explain/place';
import { isSameRecipe, type Recipe, type SectionName, withSection } from './recipe';
import { lastStarted } from './started';

export type View = 'new' | 'past';

/** What of the preview is looked at. */
export interface PreviewView {
  tab: 'overview' | 'lines' | 'problems';
  /** The file whose lines are shown; the first one where there is none of this name. */
  file: string;
  linesAs: 'written' | 'readable' | 'tokens';
  /** The tokenizer that lines are shown by; null for the recipe's. */
  tokenizer: string | null;
}

interface Session {
  view: View;
  show: (view: View) => void;
  /** Undefined until the program has told what a new export starts from. */
  recipe: Recipe | undefined;
  profiles: ProfileView[];
  /** Why the program could not tell; null where it did. */
  failure: unknown;
  /** Ask again. */
  retry: () => void;
  isChanged: boolean;
  change: <Name extends SectionName>(name: Name, part: Partial<Recipe[Name]>) => void;
  /** Take another recipe as a whole; undefined starts over. */
  replace: (recipe: Recipe | undefined) => void;
  /** Bring back the recipe that was replaced, unless the new one was changed since. */
  undoReplace: (() => void) | undefined;
  /** What the user wrote; null until then. */
  outputPath: string | null;
  setOutputPath: (path: string) => void;
  preview: PreviewView;
  lookAt: (part: Partial<PreviewView>) => void;
  openGroups: string[];
  setOpenGroups: (groups: string[]) => void;
  /** The past export whose report is shown, by its time; null for the newest. */
  selected: string | null;
  showReport: (when: string) => void;
  /** The row that was looked up last in a past export, by that export's time. */
  explained: Readonly<Record<string, Place>>;
  explain: (when: string, place: Place) => void;
}

const firstLook: PreviewView = { tab: 'overview', file: '', linesAs: 'written', tokenizer: null };

const SessionContext = createContext<Session | null>(null);

/** Keeps what the user is doing on the export screen while other screens are shown. */
export function ExportSession({ children }: { children: ReactNode }) {
  const [view, show] = useState<View>('new');
  const [draft, setDraft] = useKept('recipe', lastStarted()?.request.recipe);
  const [replaced, setReplaced] = useState<{ recipe: Recipe | undefined }>();
  const [outputPath, setOutputPath] = useKept(
    'output-path',
    lastStarted()?.request.outputPath ?? null,
  );
  const [preview, setPreview] = useState<PreviewView>(firstLook);
  const [openGroups, setOpenGroups] = useState(['rating']);
  const [selected, setSelected] = useState<string | null>(null);
  const [explained, setExplained] = useState<Session['explained']>({});
  const { data: defaults, error: failure, refetch } = useDefaultRecipe();

  const session = useMemo<Session>(() => {
    const recipe = draft ?? defaults?.recipe;
    return {
      view,
      show,
      recipe,
      profiles: defaults?.profiles ?? [],
      failure,
      retry: () => void refetch(),
      isChanged: draft !== undefined && !(defaults && isSameRecipe(draft, defaults.recipe)),
      change: (name, part) => {
        if (recipe !== undefined) {
          setDraft(withSection(recipe, name, part));
          setReplaced(undefined);
        }
      },
      replace: (other) => {
        setDraft(other);
        setReplaced({ recipe: draft });
      },
      undoReplace:
        replaced &&
        (() => {
          setDraft(replaced.recipe);
          setReplaced(undefined);
        }),
      outputPath,
      setOutputPath,
      preview,
      lookAt: (part) => setPreview((before) => ({ ...before, ...part })),
      openGroups,
      setOpenGroups,
      selected,
      showReport: (when) => {
        setSelected(when);
        show('past');
      },
      explained,
      explain: (when, place) => setExplained((before) => ({ ...before, [when]: place })),
    };
  }, [
    view,
    draft,
    setDraft,
    replaced,
    defaults,
    failure,
    refetch,
    outputPath,
    setOutputPath,
    preview,
    openGroups,
    selected,
    explained,
  ]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useExportSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) {
    throw new Error('outside of ExportSession');
  }
  return session;
}

/** The defaults follow the settings; the profiles' examples follow the language. */
function useDefaultRecipe() {
  const settings = useSettings().data;
  return useQuery({
    queryKey: ['recipe-default', settings?.language, settings?.settings.exportDefaults],
    queryFn: () => call('recipe_default', {}),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
