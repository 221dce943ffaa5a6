const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 800 }

/** How people see a page. */
export const VARIANTS = [
  { name: 'light, phone', colorScheme: 'light', viewport: PHONE },
  { name: 'light, desktop', colorScheme: 'light', viewport: DESKTOP },
  { name: 'dark, phone', colorScheme: 'dark', viewport: PHONE },
  { name: 'dark, desktop', colorScheme: 'dark', viewport: DESKTOP },
] as const
