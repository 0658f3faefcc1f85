import { ApplicationFailure, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client'

/** Said by the guard of the order's workflow, or by there being no open workflow: then the order is over. */
export const isRefusal = (error: unknown, type: 'notCancellable' | 'notRetryable'): boolean =>
  error instanceof WorkflowNotFoundError ||
  (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure && error.cause.type === type)
