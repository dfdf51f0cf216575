import { Claim } from '../../../src/claims/claim';
import { HARBOR_ACCESS_MODES } from '../../../src/workloads/harbor/harbor-storage';
import { type GivenProps, harbor, refused, said } from './harbor';

const EXCLUSIVE = HARBOR_ACCESS_MODES.filter((mode) => mode !== 'ReadWriteMany');
const PARTS = [
  ['registry', 'registry', "give 'registry' a class or a claim that is ReadWriteMany, as on NFS"],
  [
    'jobLog',
    'jobservice',
    "give 'jobLog' a class or a claim that is ReadWriteMany, as on NFS, or set 'jobLog' to 'database'",
  ],
] as const;

/** A part in a mode, from a class or as a claim. */
const FORMS = [
  [
    'a class',
    (part: string, accessMode: (typeof HARBOR_ACCESS_MODES)[number]): GivenProps =>
      ({ disk }) => ({ [part]: { from: disk, accessMode } }),
  ],
  [
    'a claim',
    (part: string, accessMode: (typeof HARBOR_ACCESS_MODES)[number]): GivenProps =>
      (_, chart) => ({ [part]: { claim: Claim.fromClaimName(chart, 'c', 'c', { accessMode }) } }),
  ],
] as const;

/** The same with further props. */
function withProps(given: GivenProps, further: Readonly<Record<string, unknown>>): GivenProps {
  return (classes, chart) => ({
    ...(typeof given === 'function' ? given(classes, chart) : given),
    ...further,
  });
}

describe('the roll-out of a Harbor', () => {
  test('is RollingUpdate where all nodes can write', () => {
    const { updateStrategy, values } = harbor();
    expect(updateStrategy).toBe('RollingUpdate');
    expect(values).toHaveProperty('updateStrategy', { type: 'RollingUpdate' });
  });

  test('can be Recreate there too', () => {
    expect(harbor({ updateStrategy: 'Recreate' }).values).toHaveProperty('updateStrategy', {
      type: 'Recreate',
    });
  });

  describe.each(PARTS)('over %s', (part, replicas, remedy) => {
    describe.each(FORMS)('on %s', (_, on) => {
      test.each(EXCLUSIVE)('of %s is Recreate', (mode) => {
        expect(harbor(on(part, mode)).updateStrategy).toBe('Recreate');
        const props = withProps(on(part, mode), { updateStrategy: 'Recreate' });
        expect(harbor(props).updateStrategy).toBe('Recreate');
      });

      test.each(EXCLUSIVE)('of %s fails as RollingUpdate', (mode) => {
        const props = withProps(on(part, mode), { updateStrategy: 'RollingUpdate' });
        expect(said(refused(props))).toBe(
          `HarborRollOut: 'updateStrategy' must be 'Recreate' where '${part}' is ${mode}, got 'RollingUpdate'; the new pod would wait for the volume that the old one holds, ${remedy}`,
        );
      });

      test.each(EXCLUSIVE)('of %s fails with two replicas, Recreate or not', (mode) => {
        for (const updateStrategy of [undefined, 'Recreate', 'RollingUpdate']) {
          const props = withProps(on(part, mode), { replicas: { [replicas]: 2 }, updateStrategy });
          expect(said(refused(props))).toBe(
            `HarborReplicas: 'replicas.${replicas}' must be 1 where '${part}' is ${mode}, got 2; a pod on another node would wait for the volume for ever, ${remedy}`,
          );
        }
      });

      test.each(EXCLUSIVE)('of %s has one replica, and any number of the other parts', (mode) => {
        const counts = { portal: 2, core: 3, registry: 4, jobservice: 5, trivy: 2, [replicas]: 1 };
        expect(harbor(withProps(on(part, mode), { replicas: counts })).values).toHaveProperty(
          `${replicas}.replicas`,
          1,
        );
      });

      test('of ReadWriteMany has any number of replicas', () => {
        const props = withProps(on(part, 'ReadWriteMany'), {
          replicas: { [replicas]: 3 },
          updateStrategy: 'RollingUpdate',
        });
        expect(harbor(props).values).toHaveProperty(`${replicas}.replicas`, 3);
      });
    });
  });

  test('asks nothing of a job log in the database', () => {
    const { updateStrategy } = harbor({ jobLog: 'database', replicas: { jobservice: 3 } });
    expect(updateStrategy).toBe('RollingUpdate');
  });

  test('asks nothing of the parts that are no Deployments', () => {
    expect(harbor({ replicas: { trivy: 2 } }).updateStrategy).toBe('RollingUpdate');
  });
});

describe('the replicas of a Harbor', () => {
  test("are the chart's where nothing is said", () => {
    const { values } = harbor({ replicas: { core: 2, portal: undefined } });
    expect(values).toHaveProperty('core', { replicas: 2 });
    for (const part of ['portal', 'registry', 'jobservice', 'trivy']) {
      expect(values).not.toHaveProperty(part);
    }
  });

  test('of the scanner have each a claim of a class', () => {
    expect(harbor({ replicas: { trivy: 2 } }).values).toHaveProperty('trivy', { replicas: 2 });
  });

  test('of the scanner fail with one claim for all, and not with one replica', () => {
    const one: GivenProps = (_, chart) => ({
      trivy: { claim: Claim.fromClaimName(chart, 'c', 'c', { accessMode: 'ReadWriteMany' }) },
    });
    expect(said(refused(withProps(one, { replicas: { trivy: 2 } })))).toBe(
      "HarborReplicas: 'replicas.trivy' must be 1 where 'trivy' has a claim, got 2; they would write one cache, give 'trivy' a class, of which each pod gets a claim",
    );
    expect(harbor(withProps(one, { replicas: { trivy: 1 } })).values).toHaveProperty('trivy', {
      replicas: 1,
    });
  });

  test.each(['portal', 'core', 'jobservice', 'registry', 'trivy'])(
    'fail with none of %s',
    (part) => {
      expect(said(refused({ replicas: { [part]: 0 } }))).toBe(
        `PropType: 'replicas.${part}' must be a whole number from 1 to 2147483647, got 0`,
      );
    },
  );

  test.each(['database', 'redis'])('fail for %s, which has one', (part) => {
    expect(said(refused({ replicas: { [part]: 2 } }))).toBe(
      `PropUnknown: 'replicas.${part}' is no prop of HarborOnStorage; it takes 'portal', 'core', 'jobservice', 'registry' or 'trivy'`,
    );
  });
});

test('an update strategy fails in other words', () => {
  expect(said(refused({ updateStrategy: 'ReCreate' }))).toBe(
    "PropType: 'updateStrategy' must be 'Recreate' or 'RollingUpdate', got 'ReCreate'; did you mean 'Recreate'?",
  );
});
