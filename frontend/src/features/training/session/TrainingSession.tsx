import { useQuery } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useKept } from '../../../app/kept';
import { presetsQuery, runsQuery } from '../queries';
import { isAtWork } from '../runs/states';
import { type Config, withSection } from './config';
import { withPreset } from './preset';

export type View = 'new' | 'runs';

interface Session {
  view: View;
  show: (view: View) => void;
  /** Undefined until the program has told what a new training starts from. */
  config: Config | undefined;
  setConfig: (config: Config) => void;
  /** Take a preset's values; what is trained, and on what, stays. */
  takePreset: (name: string) => void;
  /** Prepare a training on a dataset; the rest stays as it is. */
  trainOn: (dataset: string) => void;
  /** Why the program could not tell; null where it did. */
  failure: unknown;
  /** Ask again. */
  retry: () => void;
  openGroups: string[];
  setOpenGroups: (groups: string[]) => void;
  /** The run that is shown, by its name; null for the newest. */
  selected: string | null;
  showRun: (name: string) => void;
}

const SessionContext = createContext<Session | null>(null);

/** Keeps what the user is doing on the training screen while other screens are shown. */
export function TrainingSession({ children }: { children: ReactNode }) {
  const [view, show] = useState<View>('new');
  const [draft, setConfig] = useKept<Config | undefined>('training', undefined);
  const [openGroups, setOpenGroups] = useState<string[]>([]);
  const [selected, setSelected] = useState<string | null>(null);
  const { data, error: failure, refetch } = useQuery(presetsQuery);
  useShowWhatWentOn(show);

  const session = useMemo<Session>(() => {
    const config = draft ?? data?.presets[0]?.config;
    return {
      view,
      show,
      config,
      setConfig,
      takePreset: (name) => {
        const preset = data?.presets.find((each) => each.name === name);
        if (preset !== undefined && config !== undefined) {
          setConfig(withPreset(config, preset.config));
        }
      },
      trainOn: (dataset) => {
        if (config !== undefined) {
          setConfig(withSection(config, 'data', { dataset }));
        }
        show('new');
      },
      failure,
      retry: () => void refetch(),
      openGroups,
      setOpenGroups,
      selected,
      showRun: (name) => {
        setSelected(name);
        show('runs');
      },
    };
  }, [view, draft, setConfig, data, failure, refetch, openGroups, selected]);
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** A training outlives the window: who opens it again meanwhile is shown the one at work. */
function useShowWhatWentOn(show: (view: View) => void): void {
  const isFirst = useRef(true);
  const runs = useQuery({ ...runsQuery, refetchInterval: false }).data?.runs;
  useEffect(() => {
    if (runs !== undefined && isFirst.current) {
      isFirst.current = false;
      if (runs.some((run) => isAtWork(run.status.state))) {
        show('runs');
      }
    }
  }, [runs, show]);
}

export function useTrainingSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) {
    throw new Error('outside of TrainingSession');
  }
  return session;
}
