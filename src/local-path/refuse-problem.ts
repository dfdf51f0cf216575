import { type ErrorPlace, refuse } from '../kube/storage-error';

/** Refuses a prop where one of the limits has found a problem with it. */
export function refuseProblem(
  code: string,
  place: ErrorPlace,
  prop: string,
  problem: string | undefined,
): void {
  if (problem !== undefined) {
    refuse(code, place, `'${prop}' ${problem}`);
  }
}
