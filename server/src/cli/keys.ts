import type { Command } from './command.ts'
import { InputProblem, refuseArguments, withApp } from './command.ts'

export const keys: Command = async ([action, ...args]) => {
  if (action !== 'rotate' && action !== 'list' && action !== 'rewrap') throw new InputProblem(['keys takes rotate, list or rewrap'])
  refuseArguments(args)
  return withApp(async (app) => {
    if (action === 'rotate') {
      const rotated = await app.keys.rotate()
      if (!rotated.ok) throw new InputProblem(['the key of JWT_PRIVATE_KEY_BASE64 signs: replace it there, or unset it'], 1)
      console.log(`key ${rotated.value.kid} is published now and signs from ${new Date(rotated.value.signsFrom).toISOString()}`)
    } else if (action === 'rewrap') {
      const signing = await app.keys.rewrap()
      console.log(`${signing} signing keys and ${await app.secondFactors.totps.rewrap(app.database)} keys of authenticator apps sealed anew`)
      const secrets = await app.secrets.rewrap()
      if (secrets > 0) console.log(`${secrets} secrets of the settings sealed anew`)
    } else {
      const { keys: published } = await app.keys.jwks()
      for (const key of published) console.log(`${key.kid}  ${key.alg}`)
    }
    return 0
  })
}
