import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectDir } from '../surroundings.ts'

/** What workflow code may consist of: nothing else can reach the bundle. */
export const workflowParts = ['workflows', 'domain', 'package-lock.json'] as const

/**
 * Bundles the workflows for Temporal's sandbox, once, so that a worker starts without its bundler. Interceptors have
 * to be in the bundle: `workflows/interceptors.ts`, if there is one.
 * @throws with what the bundler had to say.
 */
export async function bundleWorkflows(outFile: string): Promise<void> {
  // only when there is something to bundle: it loads all of the worker's native code
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker')
  const said: string[] = []
  const logger = new DefaultLogger('WARN', ({ message, level }) => void said.push(`${level}: ${message}`))
  const interceptors = join(projectDir, 'workflows', 'interceptors.ts')
  try {
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(projectDir, 'workflows', 'index.ts'),
      workflowInterceptorModules: existsSync(interceptors) ? [interceptors] : [],
      logger,
    })
    writeFileSync(outFile, code)
  } catch (error) {
    throw new Error(`The workflows could not be bundled\n${said.join('\n')}`, { cause: error })
  }
}
