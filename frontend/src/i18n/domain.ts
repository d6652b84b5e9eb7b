import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import en from '../../../python/raise_finetune/locales/en.json';
import fr from '../../../python/raise_finetune/locales/fr.json';

/**
 * The program's own words, which the command line and the page share: what becomes of a record,
 * what was mended, what to know about an export, what the keys of a recipe and of a training mean.
 */
export type DomainKey =
  | `fate.${string}`
  | `repair.${string}`
  | `notice.${string}`
  | `sensitive.${string}`
  | `check.${string}`
  | `flaw.${string}`
  | `skipped.${string}`
  | `problem.${string}`
  | `role.${string}`
  | `token_problem.${string}`
  | `rule.${string}`
  | `recipe.${string}.${string}`
  | `training.${string}.${string}`;

const catalogues: Record<string, Record<string, string>> = { en, fr };

const PLACEHOLDER = /\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g;

/**
 * The entry of a key with its `{placeholders}` filled; an unknown key stands for itself.
 * `{rows:row|rows}` stands for the word that goes with the number of rows.
 */
export function domainText(
  language: string,
  key: DomainKey,
  params: Readonly<Record<string, string>> = {},
): string {
  const entry = catalogues[language]?.[key] ?? key;
  return entry.replace(PLACEHOLDER, (whole, name: string, one?: string, many?: string) => {
    const value = params[name];
    if (value === undefined || one === undefined) {
      return value ?? whole;
    }
    return (isOne(language, Number(value)) ? one : many) ?? whole;
  });
}

/** Why the system refused, which reports keep in English, in the user's language. */
export function saidBySystem(language: string, words: string): string {
  const [key] =
    Object.entries(en).find(([key, known]) => key.startsWith('system.') && known === words) ?? [];
  return (key === undefined ? undefined : catalogues[language]?.[key]) ?? words;
}

function isOne(language: string, count: number): boolean {
  return new Intl.PluralRules(language).select(count) === 'one';
}

/** What a rule of masking goes by; an export may name a rule that is no more. */
export function ruleName(language: string, rule: string): string {
  return catalogues[language]?.[`rule.${rule}`] ?? rule;
}

export function useRuleName() {
  const { language } = useTranslation().i18n;
  return useCallback((rule: string) => ruleName(language, rule), [language]);
}

export function useDomainText() {
  const { language } = useTranslation().i18n;
  return useCallback(
    (key: DomainKey, params?: Readonly<Record<string, string>>) =>
      domainText(language, key, params),
    [language],
  );
}
