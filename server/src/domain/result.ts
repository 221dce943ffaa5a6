/**
 * Expected failures are values: a service that returns one commits its transaction, so an attempt counter survives; a
 * fault is thrown and rolls back.
 */
export type Result<Value, Failure> = Success<Value> | Failed<Failure>
export type Success<Value> = { readonly ok: true; readonly value: Value }
export type Failed<Failure> = { readonly ok: false; readonly failure: Failure }

export function succeed<Value>(value: Value): Success<Value> {
  return { ok: true, value }
}

export function fail<Failure>(failure: Failure): Failed<Failure> {
  return { ok: false, failure }
}
