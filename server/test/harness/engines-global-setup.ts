/**
 * Starts the engines that GATEPOST_TEST_ENGINES names (default: all) once a run, and leaves their addresses in the
 * environment, where the workers find them (engines.ts).
 */
import { makePostgresTemplate, makeSqliteTemplate } from '../../../scripts/test-services/create-test-database.ts'
import type { TestService } from '../../../scripts/test-services/service.ts'
import { startMariadb } from '../../../scripts/test-services/start-mariadb.ts'
import { startPostgres } from '../../../scripts/test-services/start-postgres.ts'
import { startRedis } from '../../../scripts/test-services/start-redis.ts'
import { REDIS_VARIABLE, SOURCE_VARIABLES, testEngines, testsRedis } from './engines.ts'

const cleanups: (() => Promise<void>)[] = []

export async function setup(): Promise<void> {
  const starting = testEngines.map(async (engine) => (process.env[SOURCE_VARIABLES[engine]] = await STARTERS[engine]()))
  if (testsRedis) starting.push(startRedis().then((service) => (process.env[REDIS_VARIABLE] = keep(service))))
  await Promise.all(starting)
}

export async function teardown(): Promise<void> {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
}

const STARTERS: Record<(typeof testEngines)[number], () => Promise<string>> = {
  async sqlite() {
    const template = await makeSqliteTemplate()
    cleanups.push(template.remove)
    return template.path
  },
  async postgres() {
    const url = keep(await startPostgres())
    await makePostgresTemplate(url)
    return url
  },
  async mariadb() {
    return keep(await startMariadb())
  },
}

function keep(service: TestService): string {
  cleanups.push(service.stop)
  return service.url
}
