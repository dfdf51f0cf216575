import { planStorage } from '../../src/checks/plan-storage';
import { readVectors, VECTOR_CLASSES, type Vector } from '../planner/vectors';

/** Rules that say why a claim stays Pending; each claim that does has one of them. */
const STAYS_PENDING = new Set([
  'pvc-class-not-found',
  'pvc-no-matching-pv',
  'volumename-mismatch',
  'volumename-missing-pv',
  'volumename-taken',
]);

/** Rules that say that a claim may bind, or not. */
const UNSURE = new Set(['pvc-outcome-ambiguous', 'static-dynamic-race']);

const vectors = ['sparse.jsonl', 'dense.jsonl'].flatMap((file) =>
  readVectors(file).map((vector): [string, Vector] => [`${file} ${vector.id}`, vector]),
);

/** The outcomes of each claim, and the rules that tell of it. */
function toldOf({ pvs, pvcs, defaultClass }: Vector): readonly (readonly [string, string[]])[] {
  const { claims, findings } = planStorage([...pvs, ...pvcs], {
    existing: VECTOR_CLASSES,
    defaultClass,
  });
  return claims.map(({ claim, outcomes, deterministic }) => [
    deterministic ? outcomes.join() : `${outcomes.join()}?`,
    findings
      .filter(({ object }) => object === `PersistentVolumeClaim ${claim}`)
      .map(({ rule }) => rule),
  ]);
}

it('gives each claim that surely stays Pending one reason, and no other claim any', () => {
  for (const [name, vector] of vectors) {
    for (const [outcome, rules] of toldOf(vector)) {
      const reasons = rules.filter((rule) => STAYS_PENDING.has(rule));
      // A claim that waits for a pod is told of where no volume could serve it then.
      const expected =
        outcome === 'pending' ? 1 : outcome === 'waits-for-consumer' ? reasons.length : 0;
      expect([name, outcome, reasons.length]).toEqual([name, outcome, expected]);
    }
  }
});

it('tells of every claim that may stay Pending or have another volume made, and of no sure one', () => {
  for (const [name, vector] of vectors) {
    for (const [outcome, rules] of toldOf(vector)) {
      if (outcome === 'bound?' || outcome === 'waits-for-consumer') {
        continue; // a choice among volumes need not matter, and the pod may leave none
      }
      const isOpen = outcome === 'bound,pending?' || outcome === 'bound,provisioned?';
      const isTold = rules.some((rule) => UNSURE.has(rule));
      expect([name, outcome, isTold]).toEqual([name, outcome, isOpen]);
    }
  }
});
