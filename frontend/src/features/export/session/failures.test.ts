import { describe, expect, it } from 'vitest';
import { CommandFailure } from '../../../ipc/errors';
import { placeOfFailure } from './failures';

const failure = (code: string, field?: string) =>
  new CommandFailure({ code, message: '', hint: '', field: field ?? null });

describe('where a failure belongs', () => {
  it.each([
    [failure('invalid_request', 'recipe.filter.since'), 'filter.since'],
    [failure('invalid_request', 'recipe.filter.tags.0'), 'filter.tags'],
    [failure('invalid_request', 'recipe.output'), 'output.valFraction'],
    [failure('invalid_request', 'outputPath'), 'outputPath'],
    [failure('space_unknown'), 'source.spaces'],
    [failure('database_unknown'), 'source.databases'],
    [failure('output_in_database'), 'outputPath'],
    [failure('not_writable'), 'outputPath'],
    [failure('export_running'), 'outputPath'],
    [failure('disk_full'), null],
    [new Error('defect'), null],
  ])('%o', (error, place) => {
    expect(placeOfFailure(error)).toBe(place);
  });
});
