import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs, QueryResult, RootOperationNode, UnknownRow } from 'kysely'

const READING = new Set(['SelectQueryNode', 'RawNode'])

/** The reader refuses to write on every engine, not only on the one whose reading connection cannot. */
export const readOnlyPlugin: KyselyPlugin = {
  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (!READING.has(node.kind)) throw new TypeError('the reader only reads; write inside Database.transaction')
    return node
  },
  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result
  },
}
