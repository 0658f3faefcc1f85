import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Hono } from 'hono'
import type { Env } from '../env.ts'
import { notFound } from '../problem.ts'
import { pageHeaders } from '../security-headers.ts'

const types: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast API</title>
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

/** A file of its own: the content security policy lets no script within a page run. */
const script = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  tryItOutEnabled: true,
  persistAuthorization: false,
  displayRequestDuration: true,
})
`

/** Interactive documentation from the package on this machine: it works without a network. */
export function docsPages() {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  return new Hono<Env>()
    .use('/docs', pageHeaders)
    .use('/docs/*', pageHeaders)
    .get('/docs', (c) => c.html(page))
    .get('/docs/start.js', (c) => c.body(script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }))
    .get('/docs/:file', async (c) => {
      const file = c.req.param('file')
      const type = Object.hasOwn(types, file) ? types[file] : undefined
      if (type === undefined) throw notFound('file')
      return c.body(await readFile(join(folder, file)), 200, { 'Content-Type': type, 'Cache-Control': 'max-age=3600' })
    })
}
