import type { Screen } from '../../../../flow/screen.ts'
import type { Frame, ScreenForm } from '../frame.ts'
import { renderAccountDeletionScheduled } from './account-deletion-scheduled.ts'
import { renderAuthenticate } from './authenticate.ts'
import { renderAuthenticateSecondFactor } from './authenticate-second-factor.ts'
import { renderChangePassword } from './change-password.ts'
import { renderEnterOneTimeCode } from './enter-one-time-code.ts'
import { renderFillInUserProfile } from './fill-in-user-profile.ts'
import { renderIdentify } from './identify.ts'
import { renderNewPassword } from './new-password.ts'
import { renderPromptCreatePasskey } from './prompt-create-passkey.ts'
import { renderSelectChannel } from './select-channel.ts'
import { renderSelectDestination } from './select-destination.ts'
import { renderSetUpTotp } from './set-up-totp.ts'
import { renderViewRecoveryCode } from './view-recovery-code.ts'
import { renderTerminateOtherSessions } from './terminate-other-sessions.ts'

/** The HTML rendering of what a flow asks now; a screen without a view does not compile. */
export function renderScreen(frame: Frame, screen: Screen, form: ScreenForm): string {
  switch (screen.screen) {
    case 'identify':
      return renderIdentify(frame, screen, form)
    case 'authenticate':
      return renderAuthenticate(frame, screen, form)
    case 'enter_one_time_code':
      return renderEnterOneTimeCode(frame, screen, form)
    case 'authenticate_second_factor':
      return renderAuthenticateSecondFactor(frame, screen, form)
    case 'select_channel':
      return renderSelectChannel(frame, screen, form)
    case 'select_destination':
      return renderSelectDestination(frame, screen, form)
    case 'set_up_totp':
      return renderSetUpTotp(frame, screen, form)
    case 'view_recovery_code':
      return renderViewRecoveryCode(frame, screen, form)
    case 'terminate_other_sessions':
      return renderTerminateOtherSessions(frame, screen, form)
    case 'prompt_create_passkey':
      return renderPromptCreatePasskey(frame, screen, form)
    case 'account_deletion_scheduled':
      return renderAccountDeletionScheduled(frame, screen, form)
    case 'fill_in_user_profile':
      return renderFillInUserProfile(frame, screen, form)
    case 'new_password':
      return renderNewPassword(frame, screen, form)
    case 'change_password':
      return renderChangePassword(frame, screen, form)
  }
}
