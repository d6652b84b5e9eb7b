import { describe, expect, it } from 'vitest';
import type { SanitizeOptionsOutput, SensitiveType } from '../../ipc/generated';
import type { Recipe } from '../export/session/recipe';
import {
  actionOf,
  type Decisions,
  hasDecided,
  isAllowed,
  isSameDecision,
  maskedPlaces,
  toReview,
  withAction,
  withAllowed,
} from './decisions';

const decisions: Decisions = { actions: { iban: 'drop', ip: 'leave' }, allow: ['Acme', 'a@b.fr'] };

describe('what is done with a type', () => {
  it('is masking, unless something else was decided', () => {
    expect(actionOf(decisions, 'email')).toBe('mask');
    expect(actionOf(decisions, 'iban')).toBe('drop');
  });

  it('is written down only where it is not masking', () => {
    expect(withAction(decisions, 'email', 'leave')).toEqual({
      iban: 'drop',
      ip: 'leave',
      email: 'leave',
    });
    expect(withAction(decisions, 'iban', 'mask')).toEqual({ ip: 'leave' });
    expect(decisions.actions).toEqual({ iban: 'drop', ip: 'leave' });
  });
});

describe('values that stay', () => {
  it('are told without regard to case, as the program tells them', () => {
    expect(isAllowed(decisions, 'ACME ')).toBe(true);
    expect(isAllowed(decisions, 'Acme Ltd')).toBe(false);
  });

  it('come and go one by one, each once', () => {
    expect(withAllowed(decisions, 'x', true)).toEqual(['Acme', 'a@b.fr', 'x']);
    expect(withAllowed(decisions, 'acme', true)).toEqual(['a@b.fr', 'acme']);
    expect(withAllowed(decisions, 'ACME', false)).toEqual(['a@b.fr']);
  });
});

it('a review looks for everything, whatever was decided', () => {
  const sanitize = { enabled: false, ...decisions, numbering: 'dataset' };
  const recipe = { version: 1, sanitize } as unknown as Recipe;
  expect(toReview(recipe)).toEqual({
    version: 1,
    sanitize: { enabled: true, actions: {}, allow: [], numbering: 'dataset' },
  });
});

it('what is masked is counted by places', () => {
  const found = (type: SensitiveType['type'], count: number) =>
    ({ type, count, values: 1, unlisted: 0, rules: {} }) satisfies SensitiveType;
  expect(maskedPlaces(decisions, [found('email', 5), found('ip', 3), found('phone', 2)])).toBe(7);
});

describe('what is kept for later exports', () => {
  const plain: SanitizeOptionsOutput = {
    enabled: true,
    actions: {},
    allow: [],
    numbering: 'conversation',
    surrogates: false,
    nerModel: '',
    nerKinds: ['person'],
  };

  it('is something only where it is not what an export does by itself', () => {
    expect(hasDecided(plain)).toBe(false);
    expect(hasDecided({ ...plain, enabled: false })).toBe(false);
    expect(hasDecided({ ...plain, allow: ['x'] })).toBe(true);
    expect(hasDecided({ ...plain, actions: { ip: 'leave' } })).toBe(true);
    expect(hasDecided({ ...plain, nerModel: '/ner' })).toBe(true);
  });

  it('is compared whatever the order in which it was decided', () => {
    const one = { ...plain, allow: ['a', 'b'], actions: { ip: 'leave', iban: 'drop' } } as const;
    const other = { ...plain, allow: ['b', 'a'], actions: { iban: 'drop', ip: 'leave' } } as const;
    expect(isSameDecision({ ...one, allow: [...one.allow] }, { ...other, allow: ['b', 'a'] })).toBe(
      true,
    );
    expect(isSameDecision(plain, { ...plain, enabled: false })).toBe(true);
    expect(isSameDecision(plain, { ...plain, nerModel: '/ner' })).toBe(false);
    expect(isSameDecision(plain, { ...plain, allow: ['a'] })).toBe(false);
  });
});
