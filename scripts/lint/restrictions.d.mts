import type { Rule } from 'eslint'

export const environmentInConfigOnly: Rule.RuleModule
export const injectedClock: Rule.RuleModule
export const injectedRandom: Rule.RuleModule
export const guardedFetch: Rule.RuleModule
export const loggerNotConsole: Rule.RuleModule
export const namedExports: Rule.RuleModule
