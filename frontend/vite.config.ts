import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: [
      // The page's `invoke` reaches Python; see src/ipc/core.ts.
      { find: /^@tauri-apps\/api\/core$/, replacement: here('./src/ipc/core.ts') },
      {
        find: /^tauri-core-original$/,
        replacement: here('./node_modules/@tauri-apps/api/core.js'),
      },
    ],
  },
  // The words that the page shares with the command line lie beside the frontend.
  server: { fs: { allow: ['..'] } },
  build: {
    // The first versions that know light-dark().
    target: ['chrome123', 'safari17.5'],
    // The content security policy allows no data: fonts and no inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
    restoreMocks: true,
  },
});
