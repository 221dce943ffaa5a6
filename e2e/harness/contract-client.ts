import type { Contract, Schema } from './contract.ts'

/** What a step is about when a fact is needed: the action, and of its options the one that is taken. */
export interface Asked {
  readonly action: Action
  readonly option: Option | undefined
}

type Fact = string | boolean | object
type Ask = (asked: Asked) => Promise<Fact | undefined>
/** What the client can fill in, by the names of the contract; a function is asked when it is needed, and may have nothing to say. */
export type Facts = Readonly<Record<string, Fact | Ask>>

type Option = Readonly<Record<string, unknown>>

interface Action {
  readonly type: string
  readonly authentication?: string
  readonly data: Readonly<Record<string, unknown>> & { readonly options?: readonly Option[] }
}

interface Flow {
  readonly state_token?: string
  readonly action: Action
}

export interface ContractClient {
  /**
   * Walks a flow to its end; the types of the actions it met. `choices`: what is taken where it is an option. `beginning`: what else the request that begins it says.
   * @throws Error when no option can be filled, or an answer is not as documented
   */
  walk(type: string, facts: Facts, preferences?: { readonly choices?: readonly string[]; readonly beginning?: object }): Promise<string[]>
  /** What an operation answers. */
  call(operationId: string, given?: { readonly id?: string; readonly body?: object }): Promise<unknown>
}

/** What an option names it by, and an input repeats. */
const DISCRIMINATORS = ['identification', 'authentication']
/** More than any flow has. */
const MAX_STEPS = 12

/**
 * Knows no flow: it reads what is offered, takes the first input of the contract that fits and that it can fill, and goes on.
 * `onTaken` hears of each input that was taken.
 */
export function createContractClient(origin: string, contract: Contract, onTaken: (input: object) => void = () => undefined): ContractClient {
  const cookies = new Map<string, string>()

  async function send(operationId: string, { id = '', body }: { id?: string; body?: object } = {}): Promise<{ status: number; body: unknown }> {
    const { method, path } = contract.find(operationId)
    if (body) await contract.checkRequest(operationId, body)
    const response = await fetch(origin + path.replace('{id}', id), {
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

  async function answer(flow: Flow, facts: Facts, choices: readonly string[]): Promise<Flow> {
    for (const { schema, option } of listInputs(contract.schema('AuthenticationFlowInput').anyOf ?? [], flow.action, choices)) {
      const input = await fill(schema, { action: flow.action, option }, facts)
      if (input === undefined) continue
      const { status, body } = await send('inputAuthenticationFlow', { body: { state_token: flow.state_token, input } })
      if (status === 200) {
        onTaken(input)
        return body as Flow
      }
      const isOfAnotherStep = JSON.stringify(body).includes('"unexpected_input"')
      if (!isOfAnotherStep) throw new Error(`${flow.action.type} refused ${JSON.stringify(input)}: ${JSON.stringify(body)}`)
    }
    throw new Error(`nothing that can be filled is offered by ${JSON.stringify(flow.action)}`)
  }

  return {
    async walk(type, facts, { choices = [], beginning = {} } = {}) {
      await send('getCsrf')
      const { status, body } = await send('createAuthenticationFlow', { body: { type, name: 'default', ...beginning } })
      if (status !== 200) throw new Error(`${type} did not begin: ${JSON.stringify(body)}`)
      let flow = body as Flow
      const met = [flow.action.type]
      while (flow.state_token !== undefined) {
        if (met.length > MAX_STEPS) throw new Error(`no end: ${met.join(', ')}`)
        flow = await answer(flow, facts, choices)
        met.push(flow.action.type)
      }
      return met
    },
    call: async (operationId, given) => (await send(operationId, given)).body,
  }
}

/**
 * The inputs that the step may be waiting for, each with the option it takes. Where something is to be chosen they name it. Where
 * nothing is, they name nothing; or what the action names, and say more than that: naming alone is choosing.
 */
function listInputs(schemas: readonly Schema[], { authentication, data: { options } }: Action, choices: readonly string[]): { schema: Schema; option: Option | undefined }[] {
  if (options === undefined || !options.some((option) => DISCRIMINATORS.some((name) => name in option))) {
    const named = schemas.filter((schema) => takes(schema.properties?.['authentication'], authentication) && (schema.required ?? []).length > 1)
    const unnamed = schemas.filter((schema) => namesIn(schema).length === 0)
    return [...named.map((schema) => ({ schema, option: { authentication } })), ...unnamed.map((schema) => ({ schema, option: undefined }))]
  }
  const chosen = options.filter((option) => DISCRIMINATORS.some((name) => choices.includes(String(option[name]))))
  return schemas.flatMap((schema) => {
    const names = namesIn(schema)
    const option = (chosen.length > 0 ? chosen : options).find((one) => names.length > 0 && names.every((name) => takes(schema.properties?.[name], one[name])))
    return option === undefined ? [] : [{ schema, option }]
  })
}

/** Undefined when a required field is of a kind nobody here knows. */
async function fill(schema: Schema, asked: Asked, facts: Facts): Promise<Record<string, unknown> | undefined> {
  const { properties = {}, required = [] } = schema
  const named = namesIn(schema)
  if (!required.every((name) => named.includes(name) || facts[name] !== undefined)) return undefined
  const input: Record<string, unknown> = {}
  for (const name of Object.keys(properties)) {
    const fact = facts[name]
    const value = named.includes(name) ? asked.option?.[name] : typeof fact === 'function' ? await (fact as Ask)(asked) : fact
    if (value !== undefined) input[name] = value
    else if (required.includes(name)) return undefined
  }
  return input
}

function namesIn({ required = [] }: Schema): string[] {
  return DISCRIMINATORS.filter((name) => required.includes(name))
}

function takes(schema: Schema | undefined, value: unknown): boolean {
  return value !== undefined && (schema?.const === value || schema?.enum?.includes(value) === true)
}
