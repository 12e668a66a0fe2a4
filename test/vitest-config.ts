import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Paths are taken from the root of the repository, where the tests are started.
    root: '.',
    include: ['test/**/*.test.ts'],
    exclude: ['test/workbench/**'],
    testTimeout: 30_000,
  },
});
