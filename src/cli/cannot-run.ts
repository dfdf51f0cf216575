/** Why a command cannot run at all, in one line; it ends with exit code 2. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
