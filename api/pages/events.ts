import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { html, raw } from 'hono/html'
import { type AsyncApiDocument, makeAsyncApi } from '../../events/asyncapi.ts'
import type { JsonSchema } from '../../events/json-schemas.ts'
import type { Env } from '../env.ts'
import { pageHeaders } from '../security-headers.ts'
import { eventsStyle } from './events-style.ts'

type Html = ReturnType<typeof html>

/** The event contract to be read: the AsyncAPI document as one page, without a script. */
export function eventsPage() {
  let page: Html | undefined
  return new Hono<Env>().get('/docs/events', pageHeaders, etag(), async (c) => {
    page ??= render(makeAsyncApi())
    return c.html(await page, 200, { 'Cache-Control': 'public, max-age=300' })
  })
}

function render(document: AsyncApiDocument): Html {
  const channels = Object.values(document.channels)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Holdfast events</title>
        <style>
          ${raw(eventsStyle)}
        </style>
      </head>
      <body>
        <main>
          <h1>Holdfast events</h1>
          <p>${document.info['description']}</p>
          <p><a href="/asyncapi.json">AsyncAPI document</a> · <a href="/docs">HTTP API</a></p>
          ${channels.map((channel) => renderChannel(document, channel))}
        </main>
      </body>
    </html>`
}

function renderChannel(document: AsyncApiDocument, channel: AsyncApiDocument['channels'][string]): Html {
  const names = Object.keys(channel.messages)
  return html`<h2>${channel.title}: <code>${channel.address}</code></h2>
    <p>${channel.description}</p>
    <table>
      <thead>
        <tr>
          <th>Type</th>
          <th>Says</th>
        </tr>
      </thead>
      <tbody>
        ${names.map(
          (name) =>
            html`<tr>
              <td><a href="#${name}">${name}</a></td>
              <td>${document.components.messages[name]?.summary}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${names.map((name) => renderMessage(document, name))}`
}

function renderMessage({ components }: AsyncApiDocument, name: string): Html | string {
  const message = components.messages[name]
  if (message === undefined) return ''
  const [example] = message.examples ?? []
  const schema = components.schemas[name]
  return html`<section id="${name}">
    <h3>${message.title}</h3>
    <p>${message.summary}. ${message.description ?? ''}</p>
    ${schema === undefined ? '' : renderFields(schema)}
    ${
      example === undefined
        ? ''
        : html`<details>
            <summary>Example</summary>
            <pre>${JSON.stringify(example.headers, null, 2)}</pre>
            <pre>${JSON.stringify(example.payload, null, 2)}</pre>
            <p><a href="${example.headers['ce_dataschema']}">${example.headers['ce_dataschema']}</a></p>
          </details>`
    }
  </section>`
}

function renderFields(schema: JsonSchema): Html {
  const required = new Set<unknown>(Array.isArray(schema['required']) ? schema['required'] : [])
  const fields = Object.entries(schema['properties'] ?? {}) as readonly (readonly [string, JsonSchema])[]
  return html`<table>
    <thead>
      <tr>
        <th>Field</th>
        <th>Type</th>
        <th>Always</th>
        <th>What it is</th>
      </tr>
    </thead>
    <tbody>
      ${fields.map(
        ([name, field]) =>
          html`<tr>
            <td><code>${name}</code></td>
            <td>${typeOf(field)}</td>
            <td>${required.has(name) ? 'yes' : ''}</td>
            <td>${field['description'] ?? ''}</td>
          </tr>`,
      )}
    </tbody>
  </table>`
}

function typeOf({ enum: values, format, type }: JsonSchema): string {
  if (Array.isArray(values)) return values.join(', ')
  return [format, type].find((name) => typeof name === 'string') ?? 'any'
}
