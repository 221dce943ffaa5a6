const ORIENTATION_TAG = 0x0112

/** Which side is up, 2 to 8, of a TIFF structure (EXIF 2.32 section 4.6); undefined when it is the usual one or not told. */
export function orientationOf(tiff: Buffer): number | undefined {
  const order = tiff.toString('latin1', 0, 2)
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return undefined
  const read16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (directory + 2 > tiff.length) return undefined
  const count = read16(directory)
  for (let entry = 0; entry < count; entry += 1) {
    const at = directory + 2 + entry * 12
    if (at + 12 > tiff.length) return undefined
    if (read16(at) !== ORIENTATION_TAG) continue
    const orientation = read16(at + 8)
    return orientation >= 2 && orientation <= 8 ? orientation : undefined
  }
  return undefined
}

/** A JPEG segment that says this and nothing else. */
export function writeOrientation(orientation: number): Buffer {
  const segment = Buffer.from('ffe10022457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100000000' + '00000000', 'hex')
  segment.writeUInt16BE(orientation, 28)
  return segment
}
