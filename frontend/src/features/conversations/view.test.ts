import { beforeEach, describe, expect, it } from 'vitest';
import { noFilters } from './filters';
import { changeFilters, currentView, enterFolder, moveCursor, openRecord } from './view';

describe('the view', () => {
  beforeEach(() => {
    enterFolder('elsewhere');
    enterFolder('here');
  });

  it('stays as it was in the same folder, and begins afresh in another', () => {
    changeFilters({ text: 'drone' });
    openRecord('a');
    enterFolder('here');
    expect(currentView()).toMatchObject({ record: 'a', filters: { text: 'drone' } });
    enterFolder('another');
    expect(currentView()).toMatchObject({ root: 'another', record: null, filters: noFilters });
  });

  it('asks for another list with each filter, from its top, and keeps what is open', () => {
    openRecord('a');
    moveCursor(5);
    const { generation } = currentView();
    changeFilters({ state: 'rated' });
    expect(currentView()).toMatchObject({
      generation: generation + 1,
      cursor: 0,
      following: 'no',
      record: 'a',
    });
  });

  it('never asks for the list of one folder by the number of another', () => {
    const { generation } = currentView();
    enterFolder('another');
    expect(currentView().generation).toBeGreaterThan(generation);
  });
});
