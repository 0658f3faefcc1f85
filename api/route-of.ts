/** A request's route by its pattern, never by an id. Handlers stand behind the middleware that is there for every path. */
export function routeOf(routes: readonly { readonly path: string }[]): string {
  return routes.findLast(({ path }) => !path.endsWith('*'))?.path ?? 'other'
}
