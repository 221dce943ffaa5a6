import { html } from 'ghtml'
import { fillHtml } from '../fill-html.ts'
import type { Frame } from '../frame.ts'
import { renderButton } from '../parts/buttons.ts'
import { renderIcon } from '../parts/icon.ts'
import { renderDate, renderTime } from '../parts/time.ts'
import { renderSection, renderSettingsForm } from './section.ts'
import type { SettingsModel, SettingsSecondFactors } from './settings-model.ts'

/** Authenticator apps, what stands in for a lost one, and browsers that are spared the second step. */
export function renderSecondFactorsSection(frame: Frame, model: SettingsModel): string {
  const factors = model.secondFactors
  if (!factors.isOffered && factors.totps.length === 0) return ''
  const add = factors.isOffered
    ? html`<p><a class="gp-button gp-button-secondary" href="${frame.basePath}/settings/authenticator_app">${frame.say('settings.totp_add')}</a></p>`
    : ''
  const body = html`<p class="gp-hint">${frame.say('settings.second_factors_hint')}</p>!${renderTotps(frame, factors)}!${add}`
  const isUsed = factors.totps.length > 0
  return renderSection('second-factors', frame.say('settings.second_factors'), body + (isUsed ? renderRecovery(frame, factors) + renderDevices(frame, factors) : ''))
}

function renderTotps(frame: Frame, { totps }: SettingsSecondFactors): string {
  if (totps.length === 0) return ''
  const items = totps.map((totp) => {
    const name = totp.name || frame.say('totp.default_name')
    const facts = fillHtml(frame, 'settings.totp_facts', {
      created: renderDate(frame, totp.createdAt),
      lastUsed: totp.lastUsedAt === null ? frame.say('settings.never') : renderTime(frame, totp.lastUsedAt),
    })
    const remove = renderButton({ text: frame.say('settings.totp_remove'), look: 'secondary', fullName: frame.say('settings.totp_remove_which', { name }) })
    return html`<li class="gp-item">
!${renderIcon(frame, 'device')}
<div class="gp-item-text"><p class="gp-item-title"><bdi>${name}</bdi></p><p class="gp-hint">!${facts}</p></div>
!${renderSettingsForm(frame, 'authenticator_app/remove', remove, { totp_id: totp.id })}
</li>`
  })
  return html`<ul class="gp-list">!${items}</ul>`
}

function renderRecovery(frame: Frame, { recoveryCodesLeft }: SettingsSecondFactors): string {
  const make = renderSettingsForm(frame, 'recovery_codes', renderButton({ text: frame.say('settings.recovery_codes_make'), look: 'secondary' }))
  return html`<h3>${frame.say('settings.recovery_codes')}</h3><p>${frame.say('settings.recovery_codes_left', { count: recoveryCodesLeft })}</p>!${make}`
}

function renderDevices(frame: Frame, { trustedDevices }: SettingsSecondFactors): string {
  if (trustedDevices.length === 0) return ''
  const items = trustedDevices.map((device) => {
    const facts = fillHtml(frame, 'settings.trusted_device_facts', { ip: html`<bdi>${device.ip}</bdi>`, lastUsed: renderTime(frame, device.lastUsedAt), until: renderDate(frame, device.expiresAt) })
    const forget = renderButton({ text: frame.say('settings.trusted_device_forget'), look: 'secondary', fullName: frame.say('settings.trusted_device_forget_which', { device: device.device, ip: device.ip }) })
    return html`<li class="gp-item">
!${renderIcon(frame, 'device')}
<div class="gp-item-text"><p class="gp-item-title" title="${device.userAgent}">${device.device}</p><p class="gp-hint">!${facts}</p></div>
!${renderSettingsForm(frame, 'trusted_devices/forget', forget, { device_id: device.id })}
</li>`
  })
  return html`<h3>${frame.say('settings.trusted_devices')}</h3><ul class="gp-list">!${items}</ul>`
}
