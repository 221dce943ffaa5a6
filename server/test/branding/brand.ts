import { deflateSync } from 'node:zlib'

/** A drawing as a program saves it, with what such programs leave behind. */
export const LOGO_SVG = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 180 40" inkscape:version="1.3">
  <metadata>made by somebody</metadata>
  <style>.w{fill:#3a1466}</style>
  <path class="w" d="M0 0h180v40H0z" fill="url(#g)"/>
</svg>`

/** A PNG of one pixel. */
export const LOGO_PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk('IHDR', Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0])),
  chunk('IDAT', deflateSync(Buffer.from([0, 122, 43, 214]))),
  chunk('IEND', Buffer.alloc(0)),
])

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)])
}

export const dataUri = (type: 'png' | 'svg+xml', content: string | Buffer) => `data:image/${type};base64,${Buffer.from(content).toString('base64')}`

/** A declared file with this branding; JSON is YAML. */
export const declare = (branding: object) => JSON.stringify({ branding })
