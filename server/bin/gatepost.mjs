#!/usr/bin/env node
// In the repository the sources run as they are; what is published has none, and runs what `npm run build` made of them.
import { existsSync } from 'node:fs'

const sources = new URL('../src/main.ts', import.meta.url)
await import(existsSync(sources) ? sources.href : new URL('../dist/main.js', import.meta.url).href)
