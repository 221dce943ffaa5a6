/**
 * Owns: devices that wait for a person (RFC 8628): finding one by the code that is typed, and the answer to it. Does not
 * own: issuing the codes and redeeming them (endpoints/oidc), what is kept of grants (services/grants).
 */
export { createDeviceAuthorizations } from './device-authorizations.ts'
export type { DeviceAnswer, DeviceAuthorization, DeviceAuthorizations, DeviceFailure } from './device-authorization-types.ts'
export { DEVICE_CODE_TTL_SECONDS, DEVICE_POLL_INTERVAL_SECONDS } from './lifetimes.ts'
