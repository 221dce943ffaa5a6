import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Browser } from '../harness/browser.ts'
import { testEngines } from '../harness/engines.ts'
import { signUp } from '../harness/people.ts'
import type { TestServer } from '../harness/server.ts'
import { startTestServer } from '../harness/server.ts'
import { atOnce, countStatuses, eventsOf, QUICK } from '../harness/tokens.ts'
import { refusalIn } from './challenges.ts'

const DECLARED = `
profile:
  standard:
    gender: { person: hidden }
    nickname: { person: read, token: hidden }
  attributes:
    - { name: staff_number, label: Staff number, type: integer, minimum: 1, maximum: 9999, is_unique: true }
    - { name: handle, type: string, maximum: 20, is_unique: true }
    - { name: size, label: Shirt size, type: enum, values: [S, M, L] }
    - { name: is_member, label: Member, type: boolean }
    - { name: note, label: Note, type: string, access: { person: read } }
    - { name: secret, type: string, access: { person: hidden } }
    - { name: phone, type: phone, access: { token: hidden } }
`

interface ProfileBody {
  readonly display_name: string | null
  readonly attributes: readonly { readonly name: string; readonly label: string | null; readonly value: unknown; readonly is_writable: boolean }[]
}

for (const engine of testEngines) {
  describe(`the profile on ${engine}`, () => {
    let server: TestServer
    beforeAll(async () => {
      server = await startTestServer(engine, QUICK, DECLARED)
    })
    afterAll(() => server.close())

    const profileOf = async (browser: Browser) => (await browser.api('GET', '/account/profile')).json<ProfileBody>()
    const valuesOf = async (browser: Browser) =>
      Object.fromEntries((await profileOf(browser)).attributes.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])))
    const patch = (browser: Browser, values: Record<string, unknown>) =>
      browser.api('PATCH', '/account/profile', { attributes: Object.entries(values).map(([name, value]) => ({ name, value })) })

    test('keeps standard claims and declared attributes of every type, in their one spelling, and forgets them', async () => {
      const { browser, id } = await signUp(server)
      const told = {
        given_name: ' Ada ',
        birthdate: '1815-12-10',
        website: 'https://example.com/ada',
        zoneinfo: 'Europe/London',
        locale: 'en_gb',
        address: { locality: 'London', country: 'United Kingdom' },
        staff_number: 42,
        size: 'M',
        is_member: false,
        phone: '+44 20 7946 0000',
      }
      expect((await patch(browser, told)).statusCode).toBe(204)
      expect(await valuesOf(browser)).toEqual({ ...told, given_name: 'Ada', locale: 'en-GB', phone: '+442079460000' })
      expect((await patch(browser, { given_name: null, address: null })).statusCode).toBe(204)
      const left = await valuesOf(browser)
      expect([left['given_name'], left['address'], left['size']]).toEqual([undefined, undefined, 'M'])
      const events = await eventsOf(server, id, 'user.profile_changed')
      expect(events.map((event) => event.data['attributes'])).toEqual([Object.keys(told).join(' '), 'given_name address'])
      expect(JSON.stringify(events)).not.toContain('1815')
    })

    test('refuses what does not fit, names each fault, and then changes nothing', async () => {
      const { browser } = await signUp(server)
      const answer = await patch(browser, { given_name: 'Ada', birthdate: 'yesterday', staff_number: 0, size: 'XXL', phone: '12', zoneinfo: 'Mars/Base', website: 'javascript:alert(1)', is_member: 'yes' })
      expect(refusalIn(answer)).toEqual([
        400,
        'invalid_request',
        'attributes.birthdate:not_a_date',
        'attributes.staff_number:too_small',
        'attributes.size:not_listed',
        'attributes.phone:not_a_phone_number',
        'attributes.zoneinfo:not_a_time_zone',
        'attributes.website:not_a_url',
        'attributes.is_member:wrong_type',
      ])
      expect(await valuesOf(browser)).toEqual({})
    })

    test('shows what the person may read and takes what they may write, and says the same of a hidden and an unknown attribute', async () => {
      const { browser, id } = await signUp(server)
      const names = (await profileOf(browser)).attributes.map(({ name, is_writable }) => `${name}${is_writable ? '' : ' (read)'}`)
      expect(names).toEqual(expect.arrayContaining(['given_name', 'nickname (read)', 'note (read)', 'staff_number']))
      expect(names.join(' ')).not.toMatch(/gender|secret/)
      for (const name of ['gender', 'secret', 'nickname', 'note', 'nothing_of_the_kind', 'constructor', 'email']) {
        expect(refusalIn(await patch(browser, { [name]: 'x' }))).toEqual([400, 'invalid_request', `attributes.${name}:not_writable`])
      }
      const stored = await server.app.database.read.selectFrom('profile_attribute').select('name').where('user_id', '=', id as never).execute()
      expect(stored).toEqual([])
    })

    test('hands applications what the token may have, and nothing else', async () => {
      const { browser } = await signUp(server)
      await patch(browser, { given_name: 'Ada', phone: '+442079460000', is_member: true })
      expect((await browser.api('GET', '/user')).json()).toMatchObject({ profile: { given_name: 'Ada', is_member: true } })
      expect((await browser.api('GET', '/user')).json<{ profile: object }>().profile).not.toHaveProperty('phone')
    })

    test('gives a unique value to one of many who ask at once, in any spelling, and frees it when it is given up', async () => {
      const people = await Promise.all(Array.from({ length: 6 }, () => signUp(server)))
      const answers = await atOnce([server], 6, (_server, index) => patch(people[index]!.browser, { handle: index % 2 === 0 ? 'Countess' : 'COUNTESS' }))
      expect(countStatuses(answers)).toEqual({ 204: 1, 400: 5 })
      const winner = people[answers.findIndex((one) => one.statusCode === 204)]!
      const loser = people.find((one) => one !== winner)!
      expect(refusalIn(await patch(loser.browser, { given_name: 'Eve', handle: 'countess' }))).toEqual([400, 'invalid_request', 'attributes.handle:taken'])
      // All of it or nothing of it.
      expect(await valuesOf(loser.browser)).toEqual({})
      expect((await patch(winner.browser, { handle: 'countess' })).statusCode).toBe(204)
      // security case I1: what cannot be seen makes no second value, and is refused where it shapes nothing.
      for (const unseen of ['count\u200dess', 'countess\ufe0f', 'countess\u{e0100}']) expect(refusalIn(await patch(loser.browser, { handle: unseen }))).toEqual([400, 'invalid_request', 'attributes.handle:taken'])
      for (const unseen of ['count\u034fess', 'countess\u3164', 'count\u00adess', '\u200d']) expect(refusalIn(await patch(loser.browser, { handle: unseen }))).toEqual([400, 'invalid_request', 'attributes.handle:unusable_text'])
      await patch(winner.browser, { handle: null })
      expect((await patch(loser.browser, { handle: 'Countess' })).statusCode).toBe(204)
      expect((await loser.browser.api('DELETE', '/account')).statusCode).toBe(204)
      expect((await patch(winner.browser, { handle: 'Countess' })).statusCode).toBe(204)
    })

    test('keeps values under a new label, and those of an attribute that is not declared for a while', async () => {
      const { browser } = await signUp(server)
      await patch(browser, { staff_number: 4321 })
      const bearer = { authorization: `Bearer ${browser.cookies.get('gatepost_access') ?? ''}` }
      const without = await server.sibling({}, 'profile: { attributes: [] }')
      const seen = (await without.browser().api('GET', '/account/profile', undefined, bearer)).json<ProfileBody>()
      expect(seen.attributes.some((one) => one.name === 'staff_number')).toBe(false)
      await without.close()
      const renamed = await server.sibling({}, 'profile: { attributes: [{ name: staff_number, label: Badge, type: integer }] }')
      const again = (await renamed.browser().api('GET', '/account/profile', undefined, bearer)).json<ProfileBody>()
      expect(again.attributes.find((one) => one.name === 'staff_number')).toMatchObject({ label: 'Badge', value: 4321 })
      await renamed.close()
    })

    test('is edited in the pages: kept when wrong, listed when saved, the read-only part not asked', async () => {
      const { browser } = await signUp(server)
      const form = await browser.get('/auth/settings/details')
      expect(form.body).toContain('name="staff_number"')
      expect(form.body).not.toMatch(/name="(note|secret|gender|nickname)"/)
      const wrong = await browser.post('/auth/settings/details', { given_name: 'Ada', staff_number: 'many', 'address.locality': 'London' })
      expect([wrong.statusCode, wrong.body.includes('value="many"'), wrong.body.includes('aria-invalid="true"')]).toEqual([422, true, true])
      expect(await valuesOf(browser)).toEqual({})
      const saved = await browser.post('/auth/settings/details', { given_name: 'Ada', staff_number: '7', is_member: 'yes', size: '', 'address.locality': 'London', note: 'mine' })
      expect(saved.statusCode).toBe(303)
      expect(await valuesOf(browser)).toEqual({ given_name: 'Ada', staff_number: 7, is_member: true, address: { locality: 'London' } })
      const page = await browser.get(String(saved.headers['location']))
      for (const text of ['Your details were saved.', 'First name', 'Staff number', 'London']) expect(page.body).toContain(text)
      await browser.post('/auth/settings/details', { given_name: '' })
      expect(await valuesOf(browser)).toEqual({ staff_number: 7, is_member: true, address: { locality: 'London' } })
    })
  })
}
