import js from '@eslint/js';
import globals from 'globals';

export default [
  { ignores: ['bin/', 'obj/'] },
  js.configs.recommended,
  {
    files: ['**/*.js'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module', globals: { ...globals.browser } },
    rules: {
      'array-callback-return': 'error',
      'eqeqeq': 'error',
      'max-len': ['error', { code: 200, ignoreUrls: true }],
      'no-constructor-return': 'error',
      'no-duplicate-imports': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-promise-executor-return': 'error',
      'no-self-compare': 'error',
      'no-unmodified-loop-condition': 'error',
      'no-unreachable-loop': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
      'no-restricted-globals': ['error', ...['localStorage', 'sessionStorage'].map(name => ({ name, message: 'A browser may refuse it: dom.js has what does not throw.' }))],
      'no-restricted-syntax': ['error', {
        selector: 'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/], CallExpression[callee.property.name="insertAdjacentHTML"], CallExpression[callee.object.name="document"][callee.property.name="write"]',
        message: 'What people have written reaches a page as text.',
      }],
    },
  },
  // Runs before the page is parsed, so it is no module.
  { files: ['wwwroot/theme.js'], languageOptions: { sourceType: 'script' } },
];
