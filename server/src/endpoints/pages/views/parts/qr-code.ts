import encodeQr from 'qr'

/** Inline SVG of a text, dark on white in either scheme: scanners want it so. `label` is its accessible name. */
export function renderQrCode(text: string, label: string): string {
  const svg = encodeQr(text, 'svg')
  return svg.replace('<svg ', `<svg class="gp-qr" role="img" aria-label="${label}" `)
}
