/** What a still drawing needs (SVG 2); whatever is not here does not get through. */
export const SVG_ELEMENTS = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'style', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan'],
  ...['linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'pattern', 'filter', 'feGaussianBlur', 'feOffset', 'feBlend', 'feColorMatrix', 'feComposite', 'feFlood', 'feMerge', 'feMergeNode'],
])
/** Drawing programs leave them behind; they show nothing. */
export const LEFT_OUT_ELEMENTS = new Set(['metadata', 'switch'])

export const SVG_ATTRIBUTES = new Set([
  ...['id', 'class', 'style', 'viewBox', 'width', 'height', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'fx', 'fy', 'd', 'points', 'transform', 'pathLength'],
  ...['preserveAspectRatio', 'color', 'fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit'],
  ...['stroke-dasharray', 'stroke-dashoffset', 'opacity', 'clip-path', 'clip-rule', 'mask', 'filter', 'display', 'visibility', 'paint-order', 'vector-effect', 'shape-rendering'],
  ...['offset', 'stop-color', 'stop-opacity', 'gradientUnits', 'gradientTransform', 'spreadMethod', 'patternUnits', 'patternContentUnits', 'patternTransform', 'clipPathUnits'],
  ...['maskUnits', 'maskContentUnits', 'mask-type', 'filterUnits', 'primitiveUnits', 'in', 'in2', 'result', 'stdDeviation', 'dx', 'dy', 'mode', 'values', 'type', 'operator', 'k1', 'k2'],
  ...['k3', 'k4', 'flood-color', 'flood-opacity', 'color-interpolation-filters', 'mix-blend-mode', 'font-family', 'font-size', 'font-weight', 'font-style', 'letter-spacing'],
  ...['text-anchor', 'dominant-baseline', 'xml:space'],
])
