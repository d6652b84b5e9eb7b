import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { useKept } from '../../../app/kept';
import { call, type RequestOf } from '../../../ipc/client';
import { CommandFailure, isCancelled } from '../../../ipc/errors';
import type {
  Answers,
  AnswersSoFar,
  CompareProgress,
  CompareStartResponse,
} from '../../../ipc/generated';
import { modelsQuery } from '../../models/queries';
import { scanKey } from '../../privacy/findings/useScan';
import type { Winner } from '../MarkBar';

/** What is asked: a held-out row by its number, or a question of one's own. */
export interface Asked {
  row: number | null;
  question: string;
}

export interface Sampling {
  maxTokens: number;
  temperature: number;
}

interface Comparison {
  /** The run whose adapter is compared; null until one is chosen. */
  run: string | null;
  choose: (run: string) => void;
  /** Whether the program has not told yet which comparison is open since before a reload. */
  isResuming: boolean;
  /** A GGUF file of the base; empty for one that is made from the base's folder. */
  baseGguf: string;
  setBaseGguf: (path: string) => void;
  sampling: Sampling;
  setSampling: (sampling: Sampling) => void;
  opened: CompareStartResponse | null;
  open: () => void;
  close: () => void;
  isOpening: boolean;
  opening: CompareProgress | null;
  /** A question of one's own, as far as it is typed. */
  question: string;
  setQuestion: (question: string) => void;
  asked: Asked | null;
  ask: (asked: Asked) => void;
  isAnswering: boolean;
  soFar: AnswersSoFar | null;
  answers: Answers | null;
  cancel: () => void;
  winner: Winner | null;
  mark: (winner: Winner | null) => void;
  isMarking: boolean;
  /** Why the last of these failed; null where it did not, or was cancelled. */
  failure: unknown;
  /** Tries once more what failed; loads both sides only where they are loaded no more. */
  retry: () => void;
}

/** With these the process that holds both sides has ended. */
const ENDED = new Set(['compare_not_open', 'inference_died', 'inference_failed']);

const ComparisonContext = createContext<Comparison | null>(null);

/** Keeps the open comparison while other screens are shown; a reloaded page finds it again. */
export function ComparisonProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [run, setRun] = useState<string | null>(null);
  const [baseGguf, setBaseGguf] = useKept('base-gguf', '');
  const [sampling, setSampling] = useKept<Sampling>('sampling', { maxTokens: 256, temperature: 0 });
  const [opened, setOpened] = useState<CompareStartResponse | null>(null);
  const [opening, setOpening] = useState<CompareProgress | null>(null);
  const [question, setQuestion] = useKept('question', '');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [answers, setAnswers] = useState<Answers | null>(null);
  const [soFar, setSoFar] = useState<AnswersSoFar | null>(null);
  const [winner, setWinner] = useState<Winner | null>(null);
  const controller = useRef<AbortController>(null);

  const current = useQuery({
    queryKey: ['comparison'],
    queryFn: () => call('compare_current', {}),
    staleTime: Number.POSITIVE_INFINITY,
  });
  useEffect(() => {
    const { opened: isOpen, exchange } = current.data ?? {};
    if (isOpen) {
      setRun(isOpen.run);
      setOpened(isOpen);
    }
    if (isOpen && exchange) {
      setAsked({ row: exchange.row, question: exchange.question });
      setAnswers(exchange.answers);
      setWinner(exchange.winner);
    }
  }, [current.data]);

  const begin = () => {
    controller.current = new AbortController();
    return controller.current.signal;
  };
  const open = useMutation({
    mutationFn: (name: string) => {
      setOpening(null);
      const request = { run: name, baseGguf: baseGguf.trim() === '' ? null : baseGguf.trim() };
      return call('compare_start', request, { signal: begin(), onProgress: setOpening });
    },
    onSuccess: () => queries.invalidateQueries(modelsQuery),
  });
  const answer = useMutation({
    mutationFn: (request: Asked & { run: string }) => {
      setSoFar(null);
      setAnswers(null);
      setWinner(null);
      return call(
        'compare_generate',
        { ...request, ...sampling },
        { signal: begin(), onProgress: setSoFar },
      );
    },
  });
  const mark = useMutation({
    mutationFn: (request: RequestOf<'compare_mark'>) => call('compare_mark', request),
    onSuccess: (_done, { winner: chosen }) => {
      setWinner(chosen);
      void queries.invalidateQueries({ queryKey: scanKey });
    },
  });

  const forget = () => {
    open.reset();
    answer.reset();
    mark.reset();
    setOpened(null);
    setAsked(null);
    setAnswers(null);
    setSoFar(null);
    setWinner(null);
  };
  // Told where it is asked for: an answer that comes after `forget` is then not heeded.
  const load = () => {
    if (run !== null) {
      forget();
      open.mutate(run, { onSuccess: setOpened });
    }
  };
  const ask = (next: Asked) => {
    if (run !== null) {
      setAsked(next);
      mark.reset();
      answer.mutate({ ...next, run }, { onSuccess: (response) => setAnswers(response.answers) });
    }
  };
  const failure = open.error ?? answer.error ?? mark.error;
  const retry = () => {
    if (failure instanceof CommandFailure && ENDED.has(failure.code)) {
      load();
    } else if (mark.isError) {
      mark.mutate(mark.variables);
    } else if (answer.isError) {
      ask(answer.variables);
    } else {
      load();
    }
  };
  const comparison: Comparison = {
    run,
    choose: (name) => {
      if (name !== run) {
        controller.current?.abort();
        forget();
        setRun(name);
      }
    },
    isResuming: current.isPending,
    baseGguf,
    setBaseGguf,
    sampling,
    setSampling,
    opened,
    open: load,
    close: () => {
      controller.current?.abort();
      forget();
      void call('compare_stop', {});
    },
    isOpening: open.isPending,
    opening,
    question,
    setQuestion,
    asked,
    ask,
    isAnswering: answer.isPending,
    soFar,
    answers,
    cancel: () => controller.current?.abort(),
    winner,
    mark: (chosen) => {
      if (run !== null && asked !== null && answers !== null) {
        const { base, adapter } = answers;
        mark.mutate({ run, ...asked, base, adapter, winner: chosen });
      }
    },
    isMarking: mark.isPending,
    failure: isCancelled(failure) ? null : failure,
    retry,
  };
  return <ComparisonContext value={comparison}>{children}</ComparisonContext>;
}

export function useComparison(): Comparison {
  const comparison = useContext(ComparisonContext);
  if (comparison === null) {
    throw new Error('outside of ComparisonProvider');
  }
  return comparison;
}
