export { checkCustomCss, CUSTOM_CSS_MAX_BYTES } from './check-custom-css.ts'
export { refusedValue } from './css-values.ts'
