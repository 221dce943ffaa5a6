import type { Contract, Schema } from './contract.ts'

/** What the client can fill in, by the names of the contract; a function is asked when it is needed. */
export type Facts = Readonly<Record<string, string | (() => Promise<string>)>>

interface Flow {
  readonly state_token?: string
  readonly action: { readonly type: string; readonly data: Readonly<Record<string, unknown>> & { readonly options?: readonly Readonly<Record<string, unknown>>[] } }
}

export interface ContractClient {
  /** Walks a flow to its end; the types of the actions it met. @throws Error when no option can be filled, or an answer is not as documented */
  walk(type: string, facts: Facts): Promise<string[]>
  /** The body of an operation that wants none. */
  call(operationId: string): Promise<unknown>
}

/** What an option names it by, and an input repeats. */
const DISCRIMINATORS = ['identification', 'authentication']
/** More than any flow has. */
const MAX_STEPS = 12

/** Knows no flow: it reads what is offered, takes the first input of the contract that fits and that it can fill, and goes on. */
export function createContractClient(origin: string, contract: Contract): ContractClient {
  const cookies = new Map<string, string>()

  async function send(operationId: string, body?: object): Promise<{ status: number; body: unknown }> {
    const { method, path } = contract.find(operationId)
    if (body) await contract.checkRequest(operationId, body)
    const response = await fetch(origin + path, {
      method,
      headers: {
        cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
        origin,
        'x-csrf-token': cookies.get('gatepost_csrf') ?? '',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      cookies.set(name, value)
    }
    const answer: unknown = response.status === 204 ? undefined : await response.json()
    await contract.checkAnswer(operationId, response.status, answer)
    return { status: response.status, body: answer }
  }

  async function answer(flow: Flow, facts: Facts): Promise<Flow> {
    for (const schema of contract.schema('AuthenticationFlowInput').anyOf ?? []) {
      const input = await fill(schema, flow, facts)
      if (input === undefined) continue
      const { status, body } = await send('inputAuthenticationFlow', { state_token: flow.state_token, input })
      if (status === 200) return body as Flow
      const isOfAnotherStep = JSON.stringify(body).includes('"unexpected_input"')
      if (!isOfAnotherStep) throw new Error(`${flow.action.type} refused ${JSON.stringify(input)}: ${JSON.stringify(body)}`)
    }
    throw new Error(`nothing that can be filled is offered by ${JSON.stringify(flow.action)}`)
  }

  return {
    async walk(type, facts) {
      await send('getCsrf')
      const { body } = await send('createAuthenticationFlow', { type, name: 'default' })
      let flow = body as Flow
      const met = [flow.action.type]
      while (flow.state_token !== undefined) {
        if (met.length > MAX_STEPS) throw new Error(`no end: ${met.join(', ')}`)
        flow = await answer(flow, facts)
        met.push(flow.action.type)
      }
      return met
    },
    call: async (operationId) => (await send(operationId)).body,
  }
}

/** Undefined when the step does not offer it, or a required field is of a kind nobody here knows. */
async function fill({ properties = {}, required = [] }: Schema, { action }: Flow, facts: Facts): Promise<Record<string, unknown> | undefined> {
  const { options } = action.data
  const named = DISCRIMINATORS.filter((name) => required.includes(name))
  const isOffered = options === undefined ? named.length === 0 : options.some((option) => named.length > 0 && named.every((name) => takes(properties[name], option[name])))
  const isKnown = required.every((name) => named.includes(name) || facts[name] !== undefined)
  if (!isOffered || !isKnown) return undefined
  const option = options?.find((one) => named.every((name) => takes(properties[name], one[name])))
  const input: Record<string, unknown> = {}
  for (const name of required) {
    const fact = facts[name]
    input[name] = named.includes(name) ? option?.[name] : typeof fact === 'function' ? await fact() : fact
  }
  return input
}

function takes(schema: Schema | undefined, value: unknown): boolean {
  return schema?.const === value || schema?.enum?.includes(value) === true
}
