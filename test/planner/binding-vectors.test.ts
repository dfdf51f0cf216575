import { planStorage } from '../../src/checks/plan-storage';
import type { ClaimVerdict } from '../../src/planner/plan';
import { allEnds, type ModelClaim, type ModelClass, type ModelVolume } from './model';
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

/** The volumes that the claim may take now: several where they tie. */
function tied(vector: Vector, claim: VectorObject): readonly string[] {
  const scenario = {
    classes: VECTOR_CLASSES as unknown as readonly ModelClass[],
    volumes: vector.pvs as unknown as readonly ModelVolume[],
    claims: [claim as unknown as ModelClaim],
  };
  const ends = [...allEnds(scenario, [vector.defaultClass ?? '']).values()].flatMap((set) => [
    ...set,
  ]);
  return ends.flatMap((end) => (end.startsWith('bound ') ? [end.slice('bound '.length)] : []));
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
    let claims = 0;
    for (const vector of readVectors(file)) {
      replay(vector, (verdict, seen, claim) => {
        const { outcomes, reason } = verdict;
        const got = { outcomes, reason, volumes: [...verdict.volumes].sort() };
        const want = {
          outcomes: [outcomeOf(seen)],
          reason: reasonOf(seen.events ?? []),
          volumes: [...tied(vector, claim)].sort(),
        };
        const bound = seen.phase !== 'Bound' || verdict.volumes.includes(seen.volume ?? '');
        claims += 1;
        if (JSON.stringify(got) !== JSON.stringify(want) || !bound) {
          wrong.push({ vector: vector.id, claim: claim.metadata.name, got, want, seen });
        }
      });
    }
    expect(claims).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});
