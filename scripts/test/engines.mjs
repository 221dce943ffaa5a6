/** What the behaviour tests run against. `redis` keeps the shared state of several instances. */
const ALL_ENGINES = ['sqlite', 'postgres', 'mariadb', 'redis']

/**
 * Reads GATEPOST_TEST_ENGINES, the only way to leave an engine out: a comma-separated part of
 * `sqlite,postgres,mariadb,redis`. An unknown name is a problem, never a silent omission.
 */
export function enginesFromEnvironment(environment) {
  const wanted = environment.GATEPOST_TEST_ENGINES
  if (wanted === undefined || wanted === '') return { names: ALL_ENGINES }

  const names = wanted.split(',').map((name) => name.trim())
  const unknown = names.filter((name) => !ALL_ENGINES.includes(name))
  if (unknown.length === 0) return { names }
  return { names: [], problem: `GATEPOST_TEST_ENGINES: unknown ${unknown.join(', ')}; known are ${ALL_ENGINES.join(', ')}` }
}

/** The engines that were left out. */
export function leftOut(names) {
  return ALL_ENGINES.filter((name) => !names.includes(name))
}
