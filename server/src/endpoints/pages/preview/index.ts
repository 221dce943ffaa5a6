/** Every page with made-up data, for `gatepost settings preview`: needs no server. */
export { previewFrame, staticFiles } from './preview-frame.ts'
export { samplePages } from './sample-pages.ts'
