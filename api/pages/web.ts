import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Env } from '../env.ts'
import { pageHeaders } from '../security-headers.ts'

const placeholder = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Holdfast</title></head>
<body>
<h1>Holdfast</h1>
<p>The order API is running. <a href="/docs">Documentation</a>, <a href="/openapi.json">OpenAPI</a>.</p>
</body>
</html>
`

/** Never pages of the front end, whatever a caller accepts. */
const notPages = /^\/(v1|docs|openapi\.json|\.well-known|healthz|readyz|metrics|problems|assets)(\/|$)/

/**
 * The built web front end, if it lies in `root`. Its own addresses are paths that only the page knows, so every address
 * that a browser navigates to and that is nobody else's gets the page.
 */
export function webPages(root: string | undefined) {
  const index = root === undefined ? undefined : join(root, 'index.html')
  const app = new Hono<Env>()
  if (root === undefined || index === undefined || !existsSync(index)) {
    return app.get('/', pageHeaders, (c) => c.html(placeholder))
  }
  const files = serveStatic({ root, index: 'no-directory-index', precompressed: true })
  return app.get('*', pageHeaders, async (c, next) => {
    const { path } = c.req
    if (path !== '/' && path !== '/index.html') {
      // the name of such a file changes with its content
      c.header('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
      const file = await files(c, async () => undefined)
      if (file instanceof Response) return file
      c.header('Cache-Control', 'no-store')
    }
    if (notPages.test(path) || !(c.req.header('Accept') ?? '').includes('text/html')) return next()
    return c.html(await readFile(index, 'utf8'), 200, { 'Cache-Control': 'no-cache' })
  })
}
