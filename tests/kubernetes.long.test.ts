import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { z } from 'zod'
import { obtainGoProgram } from './support/go-program.ts'
import { pythonWith } from './support/python.ts'

const run = promisify(execFile)
const folder = mkdtempSync(join(tmpdir(), 'holdfast-kubernetes-'))
const overlays = [
  'dev/app',
  'dev/migrate',
  ...['app', 'workflow-worker', 'migrate', 'promote'].map((one) => `production/${one}`),
]
/** KEDA's own kinds are known to its cluster alone. */
const withoutSchema = ['ScaledObject', 'TriggerAuthentication']

const resource = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) })
const named = (kind: string) => (each: z.infer<typeof resource>) => each.kind === kind

let kustomize: string
let python: string
beforeAll(async () => {
  kustomize = await obtainGoProgram('kustomize', 'sigs.k8s.io/kustomize/kustomize/v5@v5.6.0')
  writeFileSync(join(folder, 'requirements.txt'), 'kubernetes-validate==1.37.0\n')
  python = await pythonWith(join(folder, 'requirements.txt'))
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true }))

async function build(overlay: string) {
  const { stdout } = await run(kustomize, ['build', join('deploy', 'kubernetes', 'overlays', overlay)])
  return { text: stdout, resources: z.array(resource).parse(parseAllDocuments(stdout).map((each) => each.toJS())) }
}

it.each(overlays)('%s is built, and every resource is as Kubernetes has it', async (overlay) => {
  const { text, resources } = await build(overlay)
  const file = join(folder, `${overlay.replace('/', '-')}.yaml`)
  writeFileSync(file, text)
  const { stdout, stderr } = await run(join(dirname(python), 'kubernetes-validate'), ['--strict', file])
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  const known = resources.filter(({ kind }) => !withoutSchema.includes(kind))
  expect(lines.filter((line) => line.includes(' passed for resource '))).toHaveLength(known.length)
  expect(
    lines.filter((line) => !/ passed for resource |find schema for kind (ScaledObject|Trigger)/.test(line)),
  ).toEqual([])
})

it.each(overlays)('%s: every pod is restricted, and has its settings and secrets', async (overlay) => {
  const { resources } = await build(overlay)
  const settings = resources.find(named('ConfigMap'))?.metadata.name
  const workloads = resources.filter((each) => ['Deployment', 'Job'].includes(each.kind))
  expect(workloads.length).toBeGreaterThan(0)
  for (const workload of workloads) {
    expect(workload).toMatchObject({
      spec: {
        template: {
          metadata: { labels: { 'app.kubernetes.io/part-of': 'holdfast' } },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
                envFrom: [{ configMapRef: { name: settings } }],
              },
            ],
          },
        },
      },
    })
  }
})

it('what scales names a workload that is there, and nothing else says how many', async () => {
  for (const overlay of ['production/app', 'production/workflow-worker']) {
    const { resources } = await build(overlay)
    const scaling = resources.filter(named('ScaledObject'))
    expect(scaling.length).toBeGreaterThan(0)
    for (const each of scaling) {
      const { spec } = z
        .looseObject({ spec: z.looseObject({ scaleTargetRef: z.object({ name: z.string() }) }) })
        .parse(each)
      const target = resources.filter(named('Deployment')).find((one) => one.metadata.name === spec.scaleTargetRef.name)
      expect(target, spec.scaleTargetRef.name).toBeDefined()
      expect(target?.['spec']).not.toHaveProperty('replicas')
    }
  }
})
