const usable = /^[\w.:+/=-]{1,128}$/

/**
 * The name of a request in logs: the caller's own, so that it finds it again, if that can't be mistaken for anything
 * else; or that of its trace.
 */
export const requestIdOf = (header: string | undefined, traceId: string): string =>
  header !== undefined && usable.test(header) ? header : traceId
