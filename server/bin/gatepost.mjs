#!/usr/bin/env node
// What is published is compiled; in the repository the sources run as they are.
import { existsSync } from 'node:fs'

const compiled = new URL('../dist/main.js', import.meta.url)
await import(existsSync(compiled) ? compiled.href : new URL('../src/main.ts', import.meta.url).href)
