export { mountSampleMails, PREVIEW_PAGES } from './preview-pages.ts'
