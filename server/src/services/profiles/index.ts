/**
 * Owns: what people tell about themself beside how they are recognised: standard claims and declared attributes, checked,
 * kept, handed to whoever builds tokens. Does not own: the display name (services/accounts), pictures (services/pictures).
 */
export { createProfiles } from './profiles.ts'
export { checkProfile, storeAttribute } from './store-attribute.ts'
export type { ProfileChange, ProfileEntry, ProfileFailure, Profiles } from './profile-types.ts'
