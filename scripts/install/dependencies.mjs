import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environmentOfTheMachine, pinnedNode } from './places.mjs'

/**
 * Makes node_modules match package-lock.json, with `npm ci` when it does not.
 * Costs a few milliseconds when nothing is to be done. False when the installation failed (npm said why).
 */
export function ensureDependencies(folder) {
  if (dependenciesAreCurrent(folder)) return true

  console.log('gatepost: installing dependencies (npm ci), this takes a minute the first time ...')
  const started = Date.now()
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    env: environmentOfTheMachine(folder),
  })
  if (status !== 0 || !existsSync(pinnedNode(folder))) {
    console.error('gatepost: npm ci failed, so nothing was started. Its message is above.')
    return false
  }
  writeStamp(folder)
  console.log(`gatepost: dependencies installed in ${Math.round((Date.now() - started) / 1000)} s`)
  return true
}

/** True when what is installed is what the lock file asks for, on this platform. */
function dependenciesAreCurrent(folder) {
  if (!existsSync(pinnedNode(folder))) return false
  if (readText(stampFile(folder)) === stampOf(folder)) return true
  if (!matchesInstalledLock(folder)) return false
  writeStamp(folder)
  return true
}

/** Recognises an `npm ci` or `npm install` that a person ran: npm keeps a lock file of what it installed. */
function matchesInstalledLock(folder) {
  const wanted = readPackages(join(folder, 'package-lock.json'))
  const installed = readPackages(join(folder, 'node_modules/.package-lock.json'))
  if (wanted === undefined || installed === undefined) return false
  return Object.entries(wanted).every(([place, entry]) => {
    if (!place.startsWith('node_modules/') && !place.includes('/node_modules/')) return true
    const found = installed[place]
    if (found === undefined) return entry.optional === true || entry.devOptional === true
    return found.version === entry.version && found.integrity === entry.integrity
  })
}

function readPackages(file) {
  const text = readText(file)
  return text === undefined ? undefined : JSON.parse(text).packages
}

/** Native packages differ by platform, so a checkout shared with a container must not count as installed there. */
function stampOf(folder) {
  const lock = readText(join(folder, 'package-lock.json')) ?? ''
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}`
}

function stampFile(folder) {
  return join(folder, 'node_modules/.gatepost-installed')
}

function writeStamp(folder) {
  writeFileSync(stampFile(folder), stampOf(folder))
}

function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
