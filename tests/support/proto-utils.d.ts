/** Shipped without types for Node's module resolution. */
declare module '@temporalio/common/lib/proto-utils' {
  export function historyToJSON(history: unknown): string
}
