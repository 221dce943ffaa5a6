import { startAddress } from '../addresses.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { attributeLabel, attributeProblem, renderAttribute } from '../settings/attribute-fields.ts'
import { renderCard, renderFlowForm, renderWho, type ScreenOf } from './screen-parts.ts'

/** In front of the names of attributes, which operators choose: one may be called like a field of the flow. */
export const PROFILE_FIELD_PREFIX = 'profile.'

/** What a new account needs to know about its owner. */
export function renderFillInUserProfile(frame: Frame, screen: ScreenOf<'fill_in_user_profile'>, form: ScreenForm): string {
  const faults = screen.failure?.code === 'unacceptable_profile' ? screen.failure.faults : []
  const fields = screen.attributes.map((definition, index) => {
    const fault = faults.find((one) => one.name === definition.name)
    const named = { ...definition, name: PROFILE_FIELD_PREFIX + definition.name, label: attributeLabel(frame, definition) }
    return renderAttribute(
      frame,
      { definition: named, value: screen.values[definition.name] ?? null },
      { typed: form.typed ?? {}, error: fault && attributeProblem(frame, definition, fault), autofocus: faults.length > 0 ? fault !== undefined && fault === faults[0] : index === 0 },
    )
  })
  return renderCard(frame, {
    title: frame.say('fill_in_profile.title'),
    body: renderFlowForm(frame, form, renderWho(frame, screen.displayIdentifier) + fields.join('') + renderButton({ text: frame.say('fill_in_profile.submit'), look: 'primary', intent: 'profile' })),
    form,
    failure: screen.failure,
    shownAtField: ['unacceptable_profile'],
    back: { href: startAddress(frame, screen.flow), label: frame.say('signup.back') },
  })
}
