/**
 * What is forbidden outside its one place, each as a rule of its own name, with the reason in the message.
 * eslint.config.mjs says which files are that place.
 */
function forbidSyntax(message, selectors) {
  return {
    meta: { type: 'problem', schema: [], messages: { forbidden: message } },
    create: (context) =>
      Object.fromEntries(selectors.map((selector) => [selector, (node) => context.report({ node, messageId: 'forbidden' })])),
  }
}

export const environmentInConfigOnly = forbidSyntax(
  'The environment is read once, in server/src/app/config/, into one validated object; ask for the value you need instead.',
  [
    "MemberExpression[object.name='process'][property.name='env']",
    "MemberExpression[object.name='process'][property.value='env']",
    "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
    "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']",
  ],
)

const CLOCK_REASON = 'Time comes from the injected clock (server/src/platform/clock.ts), so that a test can move it.'
export const injectedClock = forbidSyntax(CLOCK_REASON, [
  "MemberExpression[object.name='Date'][property.name='now']",
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
  "MemberExpression[object.name='performance'][property.name='now']",
  "MemberExpression[object.name='process'][property.name='hrtime']",
])

export const injectedRandom = forbidSyntax(
  'Math.random can be predicted; chance comes from the injected random source (server/src/platform/random.ts).',
  ["MemberExpression[object.name='Math'][property.name='random']"],
)

export const guardedFetch = forbidSyntax(
  'A raw fetch bypasses the SSRF guard (private addresses, time and size caps); go through server/src/outbound/.',
  [
    "CallExpression[callee.name='fetch']",
    "MemberExpression[object.name=/^(globalThis|global)$/][property.name='fetch']",
    "VariableDeclarator[init.name='fetch']",
    "AssignmentPattern[right.name='fetch']",
    "CallExpression > Identifier.arguments[name='fetch']",
  ],
)

export const loggerNotConsole = forbidSyntax(
  'Logs go through the injected logger (server/src/platform/logger.ts), which redacts secrets; only a command writes to the console.',
  ["MemberExpression[object.name='console']"],
)

export const namedExports = forbidSyntax('A default export gets another name at every import; export it by its own name.', [
  'ExportDefaultDeclaration',
  "ExportSpecifier[exported.name='default']",
])
