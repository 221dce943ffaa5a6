/** A file that outgrew its one thing. ESLint's own rule cannot say what to do about it. */
export const maxLines = {
  meta: {
    type: 'suggestion',
    schema: [{ type: 'integer', minimum: 1 }],
    messages: { tooLong: '{{count}} lines, {{most}} at most: what are the two things in this file? Split it there.' },
  },
  create(context) {
    const [most] = context.options
    return {
      Program(node) {
        const count = context.sourceCode.lines.length - (context.sourceCode.text.endsWith('\n') ? 1 : 0)
        if (count > most) context.report({ node, loc: { line: most + 1, column: 0 }, messageId: 'tooLong', data: { count, most } })
      },
    }
  },
}
