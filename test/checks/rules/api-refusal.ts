import type { Finding } from '../../../src/planner/plan';
import { found } from './found';

/** The one finding of api-invalid in the object; undefined where there is none. */
export function only(object: unknown): Finding | undefined {
  const findings = found('api-invalid', [object]);
  expect(findings.length).toBeLessThan(2);
  return findings[0];
}

/** What the API server says of the object; undefined where it takes it. */
export function refusal(object: unknown): string | undefined {
  return only(object)?.message.replace(/^the API server refuses [^:]+: /, '');
}
