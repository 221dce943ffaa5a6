import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely'
import type { Schema } from './schema.ts'

type Bindable = string | number | null

/**
 * A query whose shape never changes, compiled once an engine and bound anew each time: compiling costs more than most of
 * these queries do. `build` is called with placeholders in the place of the parameters; it may put them where values go
 * and must not look at them.
 */
export function fixedQuery<Parameters extends Readonly<Record<string, Bindable>>, Row>(
  build: (db: Kysely<Schema>, parameters: Parameters) => Compilable<Row>,
): (db: Kysely<Schema>, parameters: Parameters) => Promise<QueryResult<Row>> {
  // An engine's adapter is the same inside and outside of transactions.
  const compiledByEngine = new WeakMap<object, { query: CompiledQuery<Row>; names: readonly string[] }>()

  function compile(db: Kysely<Schema>) {
    const nameOf = new Map<unknown, string>()
    const placeholders = new Proxy({}, {
      get(_target, name) {
        const placeholder = { placeholder: String(name) }
        nameOf.set(placeholder, String(name))
        return placeholder
      },
    }) as Parameters
    const query = build(db, placeholders).compile()
    const names = query.parameters.map((parameter) => {
      const name = nameOf.get(parameter)
      if (name === undefined) throw new TypeError('a fixed query binds parameters only, no values of its own')
      return name
    })
    return { query, names }
  }

  return (db, parameters) => {
    const engine = db.getExecutor().adapter
    let compiled = compiledByEngine.get(engine)
    if (!compiled) {
      compiled = compile(db)
      compiledByEngine.set(engine, compiled)
    }
    const { query, names } = compiled
    return db.executeQuery({ ...query, parameters: names.map((name) => parameters[name]) })
  }
}

/** The same for whole rows of one table: the first one names the columns, and a later one without one of them is refused. */
export function fixedInsert<Table extends keyof Schema>(table: Table): (tx: Kysely<Schema>, row: Schema[Table]) => Promise<void> {
  let insert: ((db: Kysely<Schema>, row: Record<string, Bindable>) => Promise<unknown>) | undefined
  return async (tx, row) => {
    const columns = Object.keys(row)
    insert ??= fixedQuery((db, its) => db.insertInto(table).values(Object.fromEntries(columns.map((column) => [column, its[column]])) as never))
    await insert(tx, row as Schema[Table] & Record<string, Bindable>)
  }
}
