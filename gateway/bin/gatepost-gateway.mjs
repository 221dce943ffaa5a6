#!/usr/bin/env node
import { existsSync } from 'node:fs'

// In the workspace the sources run as they are; the published package carries the compiled files instead.
const source = new URL('../src/main.ts', import.meta.url)
await import(existsSync(source) ? source.href : new URL('../dist/main.js', import.meta.url).href)
