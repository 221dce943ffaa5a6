import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'

export interface HttpsServer {
  /** `127.0.0.1:port`, as OUTBOUND_INTERNAL_HOSTS names it. */
  readonly host: string
  readonly url: string
  /** What it answers with, as JSON, by path; 404 for others. */
  readonly documents: Map<string, unknown>
  /** How often each path was asked for. */
  readonly asked: Map<string, number>
  close(): Promise<void>
}

/** A real https server on loopback, with a certificate that this process believes as long as it runs. */
export async function startHttpsServer(): Promise<HttpsServer> {
  const { key, cert } = makeCertificate()
  const believed = getCACertificates('default')
  setDefaultCACertificates([...believed, cert])
  const [documents, asked] = [new Map<string, unknown>(), new Map<string, number>()]
  const server = createServer({ key, cert }, (request, response) => {
    const path = request.url ?? ''
    asked.set(path, (asked.get(path) ?? 0) + 1)
    response.writeHead(documents.has(path) ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(documents.get(path) ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    host,
    url: `https://${host}`,
    documents,
    asked,
    close: () =>
      new Promise((resolve) => {
        setDefaultCACertificates(believed)
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function makeCertificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-certificate-'))
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', cert]
    execFileSync('openssl', made, { stdio: 'pipe', timeout: 30_000 })
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
