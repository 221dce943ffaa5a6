import encodeQr from 'qr'
import { html } from 'ghtml'

/** ISO/IEC 18004 asks for four; the white padding around the picture makes the rest. */
const QUIET_MODULES = 2

/** Inline SVG of a text, dark on white in either scheme: scanners want it so. `label` is its accessible name. */
export function renderQrCode(text: string, label: string): string {
  const rows = encodeQr(text, 'raw', { border: QUIET_MODULES })
  // One stroke for each run of dark modules: a square for each module would weigh three times as much.
  const strokes = rows.flatMap((row, y) => runsOf(row).map(({ from, length }) => `M${from} ${y}.5h${length}`))
  return html`<svg class="gp-qr" role="img" aria-label="${label}" viewBox="0 0 ${rows.length} ${rows.length}" shape-rendering="crispEdges"><path stroke="#000" d="${strokes.join('')}"/></svg>`
}

function runsOf(row: readonly boolean[]): { from: number; length: number }[] {
  const runs: { from: number; length: number }[] = []
  row.forEach((isDark, x) => {
    const last = runs.at(-1)
    if (!isDark) return
    if (last && last.from + last.length === x) last.length += 1
    else runs.push({ from: x, length: 1 })
  })
  return runs
}
