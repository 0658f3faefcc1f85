import { resolve } from 'node:path'

/** The one argument of both commands. @throws where it is missing. */
export function folderArgument(command: string): string {
  const [folder, ...more] = process.argv.slice(2)
  if (folder === undefined || folder.startsWith('-') || more.length > 0) {
    throw new Error(`Which folder? npm run ${command} -- FOLDER`)
  }
  return resolve(folder)
}
