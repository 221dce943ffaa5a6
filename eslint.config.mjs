import tseslint from 'typescript-eslint'
import { maxLines } from './scripts/lint/max-lines.mjs'
import {
  environmentInConfigOnly,
  guardedFetch,
  injectedClock,
  injectedRandom,
  loggerNotConsole,
  namedExports,
} from './scripts/lint/restrictions.mjs'

const MAX_LINES = 300
const MAX_TEST_LINES = 500

const TYPESCRIPT = ['**/*.ts']
const TESTS = ['**/*.test.ts', 'server/test/**', 'gateway/test/**', 'sdk/*/test/**', 'e2e/**']
/** Programs of the workshop and of the reader: they may ask the machine directly. */
const BESIDE_THE_PRODUCT = [...TESTS, 'scripts/**', 'sdk/*/scripts/**', 'bench/**', 'examples/**', '*.config.{mjs,ts}']
/** Scripts of the pages: they run in the browser, where fetch only reaches what the page may. */
const SERVED_TO_BROWSERS = ['server/src/endpoints/pages/**/*.js']
const GATEWAY_COMMAND = ['gateway/src/main.ts', 'gateway/bin/**']

/** Each restriction and the only places where it does not hold. */
const RESTRICTIONS = {
  'environment-in-config-only': [...BESIDE_THE_PRODUCT, ...GATEWAY_COMMAND, 'server/src/app/config/**'],
  // Packages beside the server have no platform layer: their clock is one file, from which it is injected.
  'injected-clock': [...BESIDE_THE_PRODUCT, 'server/src/platform/**', 'gateway/src/clock.ts', 'sdk/*/src/clock.ts'],
  'injected-random': [...BESIDE_THE_PRODUCT, 'server/src/platform/**'],
  'guarded-fetch': [...BESIDE_THE_PRODUCT, 'server/src/platform/guarded-fetch*', 'server/src/outbound/**', 'sdk/**', ...SERVED_TO_BROWSERS],
  'logger-not-console': [...BESIDE_THE_PRODUCT, ...GATEWAY_COMMAND, 'server/src/cli/**', 'server/bin/**'],
  'named-exports': ['*.config.{mjs,ts}', '.dependency-cruiser.mjs'],
}

const restrictions = Object.entries(RESTRICTIONS).map(([name, places]) => ({
  name: `gatepost/${name}`,
  files: ['**/*.{ts,js,mjs}'],
  ignores: places,
  rules: { [`gatepost/${name}`]: 'error' },
}))

const plugin = {
  rules: {
    'environment-in-config-only': environmentInConfigOnly,
    'injected-clock': injectedClock,
    'injected-random': injectedRandom,
    'guarded-fetch': guardedFetch,
    'logger-not-console': loggerNotConsole,
    'named-exports': namedExports,
    'max-lines': maxLines,
  },
}

export default [
  { ignores: ['**/node_modules/', '**/dist/', '**/data/', '.cache/', 'contracts/', 'examples/*/public/vendor/'] },
  {
    plugins: { gatepost: plugin },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'gatepost/max-lines': ['error', MAX_LINES],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    rules: {
      'no-unused-vars': ['error', { caughtErrors: 'none' }],
      'no-unreachable': 'error',
      'no-dupe-keys': 'error',
      'no-self-assign': 'error',
    },
  },
  { files: TESTS, rules: { 'gatepost/max-lines': ['error', MAX_TEST_LINES] } },
  ...restrictions,
  ...tseslint.configs.recommended.map((config) => ({ ...config, files: TYPESCRIPT })),
  {
    files: TYPESCRIPT,
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './tsconfig.browser.json', './e2e/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
]
