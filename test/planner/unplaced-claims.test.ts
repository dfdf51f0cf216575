import { planStorage } from '../../src/checks/plan-storage';
import type { ClaimVerdict } from '../../src/planner/plan';
import {
  claim,
  deployment,
  inZone,
  node,
  onlyOn,
  type TestObject,
  using,
  volume,
  waitingClass,
  workload,
} from './workload-cluster';

const EBS = 'ebs.csi.aws.com';

const ZONE = 'topology.kubernetes.io/zone';

/** What the planner says of the claim `data`, or another one. */
function verdictOf(objects: readonly unknown[], name = 'data'): ClaimVerdict {
  const { claims } = planStorage(objects);
  return claims.find((each) => each.claim === `shop/${name}`) as ClaimVerdict;
}

/** A class that makes volumes in one zone alone. */
function madeIn(zone: string, provisioner = EBS) {
  const matchLabelExpressions = [{ key: ZONE, values: [zone] }];
  return waitingClass(provisioner, { allowedTopologies: [{ matchLabelExpressions }] });
}

function inZoneOnly(zone: string, ...claims: string[]): TestObject {
  return { ...using(...claims), nodeSelector: { [ZONE]: zone } };
}

const nodes = [node('n0', 'a'), node('n1', 'b')];
const data = claim('data', 'wait');
const web = deployment(1, using('data'));

const PENDING = {
  outcomes: ['pending'],
  deterministic: true,
  volumes: [],
  reason: 'WaitForPodScheduled',
  message: 'waiting for pod web-… to be scheduled',
};

const PROVISIONED = {
  outcomes: ['provisioned'],
  deterministic: true,
  reason: 'ExternalProvisioning',
};

describe('a class that makes volumes where its pods cannot be', () => {
  test('leaves the claim Pending where no node is in its topologies', () => {
    expect(verdictOf([...nodes, madeIn('c'), data, web])).toMatchObject(PENDING);
  });

  test('makes the volume where one node is', () => {
    expect(verdictOf([...nodes, madeIn('b'), data, web])).toMatchObject(PROVISIONED);
  });

  test('leaves the claim Pending where its pods ask for another node', () => {
    const picky = deployment(1, inZoneOnly('a', 'data'));
    expect(verdictOf([...nodes, madeIn('b'), data, picky])).toMatchObject(PENDING);
    expect(verdictOf([...nodes, madeIn('a'), data, picky])).toMatchObject(PROVISIONED);
  });

  test('leaves the claim Pending where that node has a taint', () => {
    const taints = [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }];
    const tainted = [node('n0', 'a'), node('n1', 'b', { taints })];
    expect(verdictOf([...tainted, madeIn('b'), data, web])).toMatchObject(PENDING);
    const tolerant = { ...using('data'), tolerations: [{ operator: 'Exists' }] };
    expect(verdictOf([...tainted, madeIn('b'), data, deployment(1, tolerant)])).toMatchObject(
      PROVISIONED,
    );
  });

  test('is not looked at without nodes', () => {
    expect(verdictOf([madeIn('c'), data, web])).toMatchObject(PROVISIONED);
  });

  test('leaves the claims of a StatefulSet Pending, each with its own pod', () => {
    const { apiVersion: _, kind: __, ...template } = claim('data', 'wait');
    const set = workload('StatefulSet', {}, { replicas: 2, volumeClaimTemplates: [template] });
    expect(verdictOf([...nodes, madeIn('c'), set], 'data-web-1')).toMatchObject({
      ...PENDING,
      message: 'waiting for pod web-1 to be scheduled',
    });
    expect(verdictOf([...nodes, madeIn('a'), set], 'data-web-1')).toMatchObject(PROVISIONED);
  });

  test('gives way to a static volume that its pods can use', () => {
    const stored = volume('v0', 'wait', inZone('a'));
    expect(verdictOf([...nodes, madeIn('c'), stored, data, web]).outcomes).toEqual([
      'bound',
      'provisioned',
    ]);
  });

  test('makes no volume for a node that a selected one already has', () => {
    const live = {
      ...data,
      metadata: {
        name: 'data',
        namespace: 'shop',
        annotations: { 'volume.kubernetes.io/selected-node': 'n0' },
      },
    };
    expect(verdictOf([...nodes, madeIn('c'), live, web])).toMatchObject(PROVISIONED);
  });
});

describe('a static volume where its pods cannot be', () => {
  const stored = volume('v0', 'wait', onlyOn(['n1']));
  const setUp = [...nodes, waitingClass(), stored, data];

  test('is not bound', () => {
    expect(verdictOf([...setUp, deployment(1, inZoneOnly('a', 'data'))])).toMatchObject(PENDING);
  });

  test('is bound where they can be', () => {
    const bound = { outcomes: ['bound'], deterministic: true, volumes: ['v0'] };
    expect(verdictOf([...setUp, deployment(1, inZoneOnly('b', 'data'))])).toMatchObject(bound);
    expect(verdictOf([...setUp, web])).toMatchObject(bound);
  });

  test('stays idle with the claim', () => {
    const picky = deployment(1, inZoneOnly('a', 'data'));
    expect(planStorage([...setUp, picky]).volumes).toMatchObject([
      {
        outcomes: ['available'],
        claims: [],
        deterministic: true,
        message: 'no claim whose pods can be scheduled can bind to it',
      },
    ]);
  });

  test('is left to a claim whose pods can be there', () => {
    const logs = workload('Deployment', using('logs'), {}, 'logs');
    const picky = deployment(1, inZoneOnly('a', 'data'));
    const plan = planStorage([...setUp, claim('logs', 'wait'), picky, logs]);
    expect(plan.claims.map(({ outcomes }) => outcomes)).toEqual([
      ['pending'],
      ['bound', 'pending'],
    ]);
    expect(plan.volumes[0]).toMatchObject({
      outcomes: ['bound', 'available'],
      claims: ['shop/logs'],
    });
  });

  test('is bound where one of several workloads can be there', () => {
    const picky = deployment(1, inZoneOnly('a', 'data'));
    const other = workload('Deployment', using('data'), {}, 'other');
    expect(verdictOf([...setUp, picky, other])).toMatchObject({ outcomes: ['bound'] });
  });

  test('names the pods of all workloads where none can', () => {
    const picky = deployment(1, inZoneOnly('a', 'data'));
    const other = workload('Deployment', inZoneOnly('a', 'data'), {}, 'other');
    expect(verdictOf([...setUp, picky, other])).toMatchObject({
      ...PENDING,
      message: 'waiting for pods web-…,other-… to be scheduled',
    });
  });

  test('is bound at once where it is reserved', () => {
    const reserved = volume('v0', 'wait', {
      ...onlyOn(['n1']),
      claimRef: { namespace: 'shop', name: 'data' },
    });
    const picky = deployment(1, inZoneOnly('a', 'data'));
    expect(verdictOf([...nodes, waitingClass(), reserved, data, picky])).toMatchObject({
      outcomes: ['bound'],
      volumes: ['v0'],
    });
  });

  test('is bound or not where other pods may take the only one for these', () => {
    const stock = [volume('v0', 'wait', onlyOn(['n0'])), volume('v1', 'wait', onlyOn(['n1']))];
    const logs = [claim('logs', 'wait'), workload('Deployment', using('logs'), {}, 'logs')];
    const picky = deployment(1, inZoneOnly('a', 'data'));
    const objects = [...nodes, waitingClass(), ...stock, data, ...logs, picky];
    expect(verdictOf(objects)).toMatchObject({
      outcomes: ['bound', 'pending'],
      deterministic: false,
      reason: 'WaitForPodScheduled',
      message: 'waiting for pod web-… to be scheduled',
    });
    expect(verdictOf(objects, 'logs').outcomes).toEqual(['bound']);
  });
});

describe('DaemonSets', () => {
  const stored = volume('v0', 'wait', onlyOn(['n1']));
  const setUp = [...nodes, waitingClass(), stored, data];

  test('bind a claim where one of their pods can', () => {
    expect(verdictOf([...setUp, workload('DaemonSet', using('data'))])).toMatchObject({
      outcomes: ['bound'],
      volumes: ['v0'],
    });
  });

  test('leave it Pending where none can', () => {
    const daemons = workload('DaemonSet', inZoneOnly('a', 'data'));
    expect(verdictOf([...setUp, daemons])).toMatchObject(PENDING);
  });

  test('make no pods where no node is for them, so that the claim waits for one', () => {
    const daemons = workload('DaemonSet', inZoneOnly('z', 'data'));
    expect(verdictOf([...setUp, daemons])).toMatchObject({
      outcomes: ['waits-for-consumer'],
      volumes: [],
      reason: 'WaitForFirstConsumer',
    });
    const other = workload('Deployment', inZoneOnly('a', 'data'), {}, 'other');
    expect(verdictOf([...setUp, daemons, other]).message).toBe(
      'waiting for pod other-… to be scheduled',
    );
  });
});

describe('the other claims of a pod', () => {
  const both = deployment(1, using('data', 'logs'));

  test('leave a claim Pending where they are elsewhere', () => {
    const logs = [volume('v0', '', inZone('b')), claim('logs', '')];
    expect(verdictOf([...nodes, madeIn('a'), data, ...logs, both])).toMatchObject(PENDING);
    expect(verdictOf([...nodes, madeIn('b'), data, ...logs, both])).toMatchObject(PROVISIONED);
  });

  test('leave it open where they may be elsewhere', () => {
    const stock = [volume('v0', '', inZone('a')), volume('v1', '', inZone('b'))];
    expect(
      verdictOf([...nodes, madeIn('a'), data, ...stock, claim('logs', ''), both]),
    ).toMatchObject({
      outcomes: ['provisioned', 'pending'],
      deterministic: false,
      reason: 'ExternalProvisioning',
    });
  });

  test('leave it open where nobody knows where they are', () => {
    const made = { ...waitingClass('example.com/disks'), metadata: { name: 'now' } };
    const now = { ...made, volumeBindingMode: 'Immediate' };
    const objects = [...nodes, now, claim('logs', 'now'), data, both];
    expect(verdictOf([...objects, madeIn('a')]).outcomes).toEqual(['provisioned', 'pending']);
    expect(verdictOf([...objects, madeIn('c')]).outcomes).toEqual(['pending']);
  });

  test('leave it Pending where they never bind', () => {
    expect(verdictOf([...nodes, madeIn('a'), data, claim('logs', ''), both])).toMatchObject(
      PENDING,
    );
  });

  test('wait with it where no node has volumes for both', () => {
    const stock = [
      volume('v0', 'wait', { ...onlyOn(['n0']), capacity: { storage: '10Gi' } }),
      volume('v1', 'wait', { ...onlyOn(['n1']), capacity: { storage: '10Gi' } }),
    ];
    const objects = [...nodes, waitingClass(), ...stock, data, claim('logs', 'wait'), both];
    expect(verdictOf(objects)).toMatchObject(PENDING);
    expect(verdictOf(objects, 'logs')).toMatchObject(PENDING);
    const more = volume('v2', 'wait', onlyOn(['n1']));
    expect(verdictOf([...objects, more], 'logs').outcomes).toEqual(['bound']);
  });
});

describe('whatever the cluster', () => {
  /** Numbers below a bound, the same on every run. */
  function numbers(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * below);
    };
  }

  const ZONES = ['a', 'b', 'c'];

  function cluster(seed: number): readonly unknown[] {
    const below = numbers(seed);
    const zone = () => ZONES[below(ZONES.length)] as string;
    const count = 1 + below(3);
    const made = [waitingClass(), waitingClass(EBS), madeIn(zone())][below(3)];
    const claims = Array.from({ length: count }, (_, index) => `data${index}`);
    return [
      ...Array.from({ length: 1 + below(3) }, (_, index) => node(`n${index}`, zone())),
      made,
      ...Array.from({ length: below(4) }, (_, index) =>
        volume(`v${index}`, 'wait', {
          ...(below(3) > 0 ? inZone(zone()) : {}),
          capacity: { storage: `${1 + below(2)}Gi` },
        }),
      ),
      ...claims.map((name) =>
        claim(name, 'wait', { resources: { requests: { storage: `${1 + below(2)}Gi` } } }),
      ),
      ...Array.from({ length: 1 + below(3) }, (_, index) => {
        const used = claims.filter(() => below(2) > 0);
        const pod = below(2) > 0 ? inZoneOnly(zone(), ...used) : using(...used);
        return workload('Deployment', pod, { replicas: 1 }, `web${index}`);
      }),
    ];
  }

  test.each(Array.from({ length: 10 }, (_, index) => index))(
    'a claim is bound where a pod of it runs, and Pending where none does (%i)',
    (tens) => {
      for (let seed = tens * 100; seed < tens * 100 + 100; seed += 1) {
        const objects = cluster(seed);
        const plan = planStorage(objects);
        for (const { claim: key, outcomes } of plan.claims) {
          const users = objects.filter((each) => isUserOf(key, each));
          const runs = users.map((each) => runsOf(each));
          const told = { seed, key, runs, outcomes };
          if (runs.length > 0 && runs.every((answer) => answer === 'no')) {
            expect(told).toEqual({ ...told, outcomes: ['pending'] });
          }
          if (runs.includes('yes')) {
            expect(told).not.toEqual({ ...told, outcomes: ['pending'] });
          }
        }

        function runsOf(object: unknown): string {
          const { name } = (object as { metadata: { name: string } }).metadata;
          return plan.workloads.find((each) => each.workload.endsWith(`/${name}`))?.runs ?? '';
        }
      }
    },
  );

  function isUserOf(key: string, object: unknown): boolean {
    const { kind } = object as { kind: string };
    const [, name] = key.split('/');
    return kind === 'Deployment' && JSON.stringify(object).includes(`"claimName":"${name}"`);
  }
});
