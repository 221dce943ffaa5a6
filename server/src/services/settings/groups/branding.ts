import { z } from 'zod'
import type { Scheme } from '../../../domain/branding/index.ts'
import { CHOSEN_COLORS, DEFAULT_BRAND_NAME, DEFAULT_RADIUS_PX, findColorProblems, FONTS } from '../../../domain/branding/index.ts'
import { parseColor, writeColor } from '../../../domain/color/index.ts'
import { findSentenceProblems } from '../../../languages/index.ts'
import { checkCustomCss, CUSTOM_CSS_MAX_BYTES } from '../../../protocols/custom-css/index.ts'

const MAX_RADIUS_PX = 16
const MAX_NAME_LENGTH = 60
const MAX_FOOTER_LENGTH = 300
const MAX_LINK_LENGTH = 2_000

const shownName = z.string().regex(/^[^\p{Cc}<>"]{1,60}$/u, `must be 1 to ${MAX_NAME_LENGTH} characters without quotes or angle brackets`)
/** Checked together with the file it names: `declared-images.ts`. */
const image = (what: string) => z.string().nullable().default(null).meta({ description: `${what} A PNG or SVG of up to 64 KiB: a path beside this file, or a data: URI.` })

const color = z
  .string()
  .refine((text) => parseColor(text) !== undefined, 'must be a colour such as "#1d6650" (in quotes: # begins a comment)')
  .transform((text) => writeColor(parseColor(text) ?? { red: 0, green: 0, blue: 0 }))

const scheme = (name: Scheme) =>
  z
    .strictObject({
      accent: color.optional().meta({ description: 'Buttons, links and the focus ring. Where only one scheme has one, the other takes its nearest readable shade.' }),
      background: color.optional().meta({ description: 'Around the card.' }),
      surface: color.optional().meta({ description: 'The card and its fields.' }),
      text: color.optional().meta({ description: 'What is read; quiet text and lines follow from it.' }),
    })
    .prefault({})
    .superRefine((chosen, context) => {
      // A colour that is none was named already.
      if (CHOSEN_COLORS.some((one) => chosen[one] !== undefined && parseColor(chosen[one]) === undefined)) return
      for (const problem of findColorProblems(name, chosen)) context.addIssue({ code: 'custom', path: [problem.color], message: problem.reason })
    })

const link = (what: string, form = /^https:\/\/[^\s"<>\\]+$/, example = 'https://example.com/terms') =>
  z
    .string()
    .max(MAX_LINK_LENGTH)
    .refine((text) => form.test(text) && URL.canParse(text), `must be an address such as ${example}`)
    .nullable()
    .default(null)
    .meta({ description: what })

const customCss = z
  .string()
  .superRefine((css, context) => {
    const checked = checkCustomCss(css)
    for (const reason of checked.ok ? [] : checked.failure) context.addIssue({ code: 'custom', message: reason })
  })
  .default('')
  .meta({ description: `Up to ${CUSTOM_CSS_MAX_BYTES / 1_024} KiB of CSS: rules that begin at a class \`.gp-…\`, change looks and load nothing. Contrast is not checked in it.` })

const texts = z
  .record(z.string(), z.record(z.string(), z.string()))
  .superRefine((overrides, context) => {
    for (const { path, message } of findSentenceProblems(overrides)) context.addIssue({ code: 'custom', path: [...path], message })
  })
  .default({})
  .meta({ description: 'Sentences in the place of ours, by language and key: `{en: {login.title: Welcome back}}`. Places such as `{brand}` stay.' })

/** How a tenant's pages and mails look and speak. */
export const brandingGroup = z
  .strictObject({
    name: shownName.default(DEFAULT_BRAND_NAME).meta({ description: 'The name that pages, mails, passkeys and authenticator apps speak of.' }),
    logo: z.strictObject({ light: image('In the place of mark and name.'), dark: image('The same on dark ground; without it the light one is shown.') }).prefault({}),
    favicon: image('The small picture of the browser\'s tab.'),
    colors: z.strictObject({ light: scheme('light'), dark: scheme('dark') }).prefault({}),
    radius: z.int().min(0).max(MAX_RADIUS_PX).default(DEFAULT_RADIUS_PX).meta({ description: 'Of corners, in CSS pixels.' }),
    font: z.enum(FONTS).default('system').meta({ description: 'A stack of fonts that systems have; none is fetched.' }),
    custom_css: customCss,
    links: z
      .strictObject({
        support: link('Where help is, at the foot of pages and in notices by mail.', /^(https:\/\/|mailto:)[^\s"<>\\]+$/i, 'https://example.com/help or mailto:help@example.com'),
        terms: link('Terms of use, at the foot of pages.'),
        privacy: link('Privacy notice, at the foot of pages.'),
      })
      .prefault({}),
    texts,
    mail: z
      .strictObject({
        sender_name: shownName.nullable().default(null).meta({ description: 'The name mails come from; otherwise the one in `MAIL_FROM`.' }),
        footer: z
          .string()
          .regex(/^[^\p{Cc}]{1,300}$/u, `must be one line of 1 to ${MAX_FOOTER_LENGTH} characters`)
          .nullable()
          .default(null)
          .meta({ description: 'One line at the foot of every mail, such as a postal address.' }),
        shows_logo: z.boolean().default(false).meta({ description: 'Shows a PNG logo, fetched from here when the mail is read: the server then learns that it was.' }),
      })
      .prefault({}),
  })
  .prefault({})

export type BrandingGroup = z.infer<typeof brandingGroup>
