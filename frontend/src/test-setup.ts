import { afterEach } from 'vitest';

afterEach(() => {
  window.location.hash = '';
  sessionStorage.clear();
});
