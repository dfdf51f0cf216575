import { planStorage } from '../../src/planner';
import type { ClaimVerdict } from '../../src/planner/plan';
import {
  readVectors,
  type SeenClaim,
  VECTOR_CLASSES,
  type Vector,
  type VectorObject,
} from './vectors';

/** The outcome that the planner has for what was seen. */
function outcomeOf({ phase, events = [], rejected }: SeenClaim): string {
  if (rejected !== undefined) {
    return 'refused';
  }
  switch (reasonOf(events)) {
    case 'ExternalProvisioning':
      return 'provisioned';
    case 'WaitForFirstConsumer':
      return 'waits-for-consumer';
    default:
      return phase === 'Bound' ? 'bound' : 'pending';
  }
}

function reasonOf(events: readonly string[]): string | undefined {
  return events[0]?.split(':')[0];
}

/** Plans each claim alone; what was seen is written into the objects before the next one. */
function replay(
  vector: Vector,
  check: (verdict: ClaimVerdict, seen: SeenClaim, claim: VectorObject) => void,
): void {
  const existing: unknown[] = [...VECTOR_CLASSES, ...vector.pvs];
  for (const claim of vector.pvcs) {
    const seen = vector.outcome[claim.metadata.name] as SeenClaim;
    const options = { existing, defaultClass: vector.defaultClass };
    const { claims } = planStorage([claim], options);
    expect(claims.map((verdict) => verdict.claim)).toEqual([`default/${claim.metadata.name}`]);
    check(claims[0] as ClaimVerdict, seen, claim);
    if (seen.rejected === undefined) {
      write(vector, claim, seen);
      existing.push(claim);
    }
  }
}

function write({ pvs }: Vector, claim: VectorObject, seen: SeenClaim): void {
  const { namespace, name } = claim.metadata;
  if (seen.phase !== 'Bound') {
    return;
  }
  claim.metadata.uid = `uid-${name}`;
  claim.spec.volumeName = seen.volume;
  claim.status = { phase: 'Bound' };
  const volume = pvs.find((each) => each.metadata.name === seen.volume) as VectorObject;
  volume.spec.claimRef = { namespace, name, uid: `uid-${name}` };
  volume.status = { phase: 'Bound' };
}

describe.each(['dense.jsonl', 'sparse.jsonl'])('of %s', (file) => {
  test('every claim does what the control plane had it do', () => {
    const wrong: unknown[] = [];
    for (const vector of readVectors(file)) {
      replay(vector, (verdict, seen, claim) => {
        const got = [
          verdict.outcomes,
          verdict.outcomes[0] === 'bound' ? undefined : verdict.reason,
        ];
        const want = [[outcomeOf(seen)], reasonOf(seen.events ?? [])];
        const bound = seen.phase !== 'Bound' || verdict.volumes.includes(seen.volume ?? '');
        if (JSON.stringify(got) !== JSON.stringify(want) || !bound) {
          wrong.push({ vector: vector.id, claim: claim.metadata.name, got, want, seen });
        }
      });
    }
    expect(wrong).toEqual([]);
  });
});
