import { execFileSync } from 'node:child_process'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Issued = {
  readonly certFile: string
  readonly keyFile: string
  readonly cert: string
  readonly key: string
}
export type Authority = { readonly caFile: string; readonly issue: (name: string) => Issued }

const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { stdio: 'ignore' })

/** A CA and what it signs, for servers on this machine; made by openssl into this folder. */
export function makeAuthority(folder: string, name: string): Authority {
  const [caFile, caKey] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)]
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...ec, '-keyout', caKey, '-out', caFile, '-days', '2', '-subj', `/CN=${name}`)
  return {
    caFile,
    issue(subject) {
      const at = (ending: string) => join(folder, `${name}-${subject}.${ending}`)
      const [certFile, keyFile] = [at('pem'), at('key')]
      writeFileSync(at('ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n')
      openssl('req', ...ec, '-keyout', keyFile, '-out', at('csr'), '-subj', `/CN=${subject}`)
      const signed = ['-CA', caFile, '-CAkey', caKey, '-CAcreateserial', '-extfile', at('ext'), '-days', '2']
      openssl('x509', '-req', '-in', at('csr'), '-out', certFile, ...signed)
      return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
    },
  }
}

/** Key and certificate in one file, as Kafka reads them. */
export function inOneFile({ cert, key, certFile }: Issued): string {
  const file = certFile.replace(/\.pem$/, '.both.pem')
  writeFileSync(file, key)
  appendFileSync(file, cert)
  return file
}
