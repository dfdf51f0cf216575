/** What a refusal says, as plain data. */
export interface Refusal {
  readonly code: unknown;
  readonly path: unknown;
  readonly message: string;
}

/**
 * Runs something that must be refused.
 *
 * @returns code, path and message of the StorageError that it threw
 * @throws Error where it threw nothing, or something else than a StorageError
 */
export function refusal(run: () => unknown): Refusal {
  try {
    run();
  } catch (error) {
    if (error instanceof Error && error.name === 'StorageError') {
      const { code, path } = error as Error & { readonly code?: unknown; readonly path?: unknown };
      return { code, path, message: error.message };
    }
    throw error;
  }
  throw new Error('expected a StorageError, nothing was thrown');
}
