import {
  answers,
  apart,
  claim,
  deployment,
  inZone,
  judge,
  node,
  onlyOn,
  reason,
  rolling,
  using,
  volume,
  waitingClass,
  workload,
} from './workload-cluster';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'shop' } };

describe('a claim that is missing or unbound', () => {
  const web = deployment(1, using('data'));

  test('a pod whose claim is bound is scheduled', () => {
    expect(answers(node('n0'), volume('v0', ''), claim('data', ''), web)).toBe('yes/yes');
  });

  test('a pod whose claim is missing is not', () => {
    expect(answers(node('n0'), web)).toBe('no/no');
    expect(reason(node('n0'), web)).toBe(
      '0/1 nodes are available: persistentvolumeclaim "data" not found.',
    );
  });

  test('a claim of that name in another namespace is none', () => {
    const other = { ...claim('data', ''), metadata: { name: 'data', namespace: 'shelf' } };
    expect(answers(node('n0'), volume('v0', ''), other, web)).toBe('no/no');
  });

  test('a missing claim is no answer where the cluster is not known', () => {
    expect(answers(web)).toBe('unknown/unknown');
    expect(judge([web], [])[0]?.runs).toBe('no');
  });

  test('a pod whose claim stays unbound is not scheduled', () => {
    const small = volume('v0', '', { capacity: { storage: '1Mi' } });
    expect(answers(node('n0'), small, claim('data', ''), web)).toBe('no/no');
    expect(reason(node('n0'), small, claim('data', ''), web)).toBe(
      '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
    );
  });

  test('without nodes it is unknown whether a pod is scheduled', () => {
    expect(answers(volume('v0', ''), claim('data', ''), web)).toBe('unknown/unknown');
  });
});

describe('a bound volume and the pod exclude each other', () => {
  const nodes = [node('n0', 'a'), node('n1', 'c')];
  const stored = [volume('v0', '', inZone('a')), claim('data', '')];

  test('a pod that asks for the zone of its volume is scheduled', () => {
    const nodeSelector = { 'topology.kubernetes.io/zone': 'a' };
    const web = deployment(1, { ...using('data'), nodeSelector });
    expect(answers(...nodes, ...stored, web)).toBe('yes/yes');
  });

  test('a pod that asks for another zone is not', () => {
    const nodeSelector = { 'topology.kubernetes.io/zone': 'c' };
    const web = deployment(1, { ...using('data'), nodeSelector });
    expect(answers(...nodes, ...stored, web)).toBe('no/no');
    expect(reason(...nodes, ...stored, web)).toBe(
      "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 1 node(s) didn't match Pod's node affinity/selector.",
    );
  });
});

describe("a volume's zone labels", () => {
  const labelled = (zone: string) => ({
    ...volume('v0', ''),
    metadata: { name: 'v0', labels: { 'topology.kubernetes.io/zone': zone } },
  });
  const web = deployment(1, using('data'));

  test('a list holds the zones between its double underscores', () => {
    expect(answers(node('n0', 'c'), labelled('a__c'), claim('data', ''), web)).toBe('yes/yes');
  });

  test('a zone of no node keeps the pod off', () => {
    expect(answers(node('n0', 'c'), labelled('a__b'), claim('data', ''), web)).toBe('no/no');
  });

  test("the label's older name on nodes counts", () => {
    const old = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'n0', labels: { 'failure-domain.beta.kubernetes.io/zone': 'a' } },
    };
    expect(answers(old, labelled('a'), claim('data', ''), web)).toBe('yes/yes');
    expect(answers(old, labelled('c'), claim('data', ''), web)).toBe('no/no');
  });
});

describe('the claims of one pod', () => {
  const nodes = [node('n0', 'a'), node('n1', 'c')];
  const of = (size: string) => ({ resources: { requests: { storage: size } } });
  const web = deployment(1, using('data', 'logs'));
  const small = (zone: string) =>
    volume('v0', '', { ...inZone(zone), capacity: { storage: '2Gi' } });
  const large = (zone: string) =>
    volume('v1', '', { ...inZone(zone), capacity: { storage: '9Gi' } });
  const claims = [claim('data', '', { volumeName: 'v0' }), claim('logs', '', of('5Gi'))];

  test('bound in one zone, they are scheduled', () => {
    expect(answers(...nodes, small('a'), large('a'), ...claims, web)).toBe('yes/yes');
  });

  test('bound in disjoint zones, they are not', () => {
    expect(answers(...nodes, small('a'), large('c'), ...claims, web)).toBe('no/no');
  });
});

describe('a pod that names its node', () => {
  const local = volume('v0', 'wait', onlyOn(['n0']));
  const named = (nodeName: string) => ({ ...pod, spec: { nodeName, ...using('data') } });

  test('waits for ever for a claim that waits for the scheduler', () => {
    const objects = [waitingClass(), node('n0'), local, claim('data', 'wait'), named('n0')];
    expect(answers(...objects)).toBe('no/no');
    expect(reason(...objects)).toContain('waiting for first consumer to be created');
  });

  test('runs with a claim that is bound without it', () => {
    const bound = claim('data', '');
    expect(answers(node('n0'), volume('v0', ''), bound, named('n0'))).toBe('yes/yes');
  });

  test('does not run where its volume cannot be used, or on no node', () => {
    const there = [node('n0'), node('n1'), volume('v0', '', onlyOn(['n0'])), claim('data', '')];
    expect(answers(...there, named('n1'))).toBe('no/no');
    expect(answers(...there, named('n9'))).toBe('no/no');
  });

  test('a node selector lets the scheduler bind the claim', () => {
    const nodeSelector = { 'kubernetes.io/hostname': 'n0' };
    const selecting = { ...pod, spec: { nodeSelector, ...using('data') } };
    const objects = [waitingClass(), node('n0'), local, claim('data', 'wait'), selecting];
    expect(answers(...objects)).toBe('yes/yes');
  });
});

describe('claims that wait for a pod', () => {
  const nodes = [node('n0'), node('n1'), node('n2')];

  test('the first pod binds the claim to the volume of one node, where the others have to fit', () => {
    const volumes = [volume('v0', 'wait', onlyOn(['n0']))];
    const objects = [waitingClass(), ...nodes, ...volumes, claim('data', 'wait')];
    expect(answers(...objects, deployment(3, using('data')))).toBe('yes/yes');
    expect(answers(...objects, deployment(2, { ...using('data'), ...apart() }))).toBe('no/no');
  });

  test("it depends on the scheduler's choice where one node's volume serves all and another's does not", () => {
    const volumes = [
      volume('v0', 'wait', onlyOn(['n0', 'n1'])),
      volume('v1', 'wait', onlyOn(['n2'])),
    ];
    const web = deployment(2, { ...using('data'), ...apart() }, rolling(0, 1));
    const objects = [waitingClass(), ...nodes, ...volumes, claim('data', 'wait'), web];
    expect(answers(...objects)).toBe('depends/depends');
  });

  test('the smallest volume wins, however many modes it has', () => {
    const wide = ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany'];
    const volumes = [
      volume('v0', 'wait', { ...onlyOn(['n0']), accessModes: wide, capacity: { storage: '2Gi' } }),
      volume('v1', 'wait', { ...onlyOn(['n0', 'n1']), accessModes: ['ReadWriteOnce'] }),
    ];
    const nodeSelector = { 'kubernetes.io/hostname': 'n1' };
    const objects = [waitingClass(), node('n0'), node('n1'), ...volumes, claim('data', 'wait')];
    // On n0 the smaller one is taken, which n1 cannot use.
    const web = deployment(2, { ...using('data'), ...apart() }, rolling(0, 1));
    expect(answers(...objects, web)).toBe('depends/depends');
    expect(answers(...objects, deployment(1, { ...using('data'), nodeSelector }))).toBe('yes/yes');
  });

  test('two claims of a pod do not get one volume', () => {
    const one = volume('v0', 'wait', onlyOn(['n0']));
    const two = volume('v1', 'wait', onlyOn(['n0']));
    const rest = [waitingClass(), ...nodes, claim('data', 'wait'), claim('logs', 'wait')];
    const web = deployment(1, using('data', 'logs'), { type: 'Recreate' });
    expect(answers(...rest, one, web)).toBe('no/no');
    expect(answers(...rest, one, two, web)).toBe('yes/yes');
  });

  test('claims go in ascending size, so that the small one leaves the large volume', () => {
    const small = volume('v0', 'wait', { ...onlyOn(['n0']), capacity: { storage: '2Gi' } });
    const large = volume('v1', 'wait', { ...onlyOn(['n0']), capacity: { storage: '9Gi' } });
    const big = claim('logs', 'wait', { resources: { requests: { storage: '5Gi' } } });
    const web = deployment(1, using('logs', 'data'));
    const objects = [waitingClass(), ...nodes, small, large, big, claim('data', 'wait'), web];
    expect(answers(...objects)).toBe('yes/yes');
  });

  test('a volume reserved for the claim is the only one that serves it', () => {
    const claimRef = { namespace: 'shop', name: 'data' };
    const reserved = volume('v0', 'wait', { ...onlyOn(['n9']), claimRef });
    const free = volume('v1', 'wait', onlyOn(['n0']));
    const objects = [waitingClass(), ...nodes, reserved, free, claim('data', 'wait')];
    expect(answers(...objects, deployment(1, using('data')))).toBe('no/no');
  });

  test('a volume is made where the class allows it', () => {
    const zones = (...values: string[]) => ({
      allowedTopologies: [
        { matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values }] },
      ],
    });
    const rest = [node('n0', 'a'), node('n1', 'a'), node('n2', 'c'), claim('data', 'wait')];
    const web = deployment(2, { ...using('data'), ...apart() }, { type: 'Recreate' });
    const ebs = (...values: string[]) => waitingClass('ebs.csi.aws.com', zones(...values));
    expect(answers(ebs('a'), ...rest, web)).toBe('yes/yes');
    expect(answers(ebs('c'), ...rest, web)).toBe('no/no');
    expect(answers(ebs('a', 'c'), ...rest, web)).toBe('depends/depends');
    expect(answers(ebs('d'), ...rest, web)).toBe('no/no');
  });

  test('it is unknown where nobody knows which nodes can use what the driver makes', () => {
    const rest = [waitingClass('example.com/disk'), ...nodes, claim('data', 'wait')];
    expect(answers(...rest, deployment(2, using('data')))).toBe('yes/yes');
    expect(answers(...rest, deployment(2, { ...using('data'), ...apart() }))).toBe(
      'unknown/unknown',
    );
  });

  test('who shares the claim may bind it first, elsewhere', () => {
    const volumes = [volume('v0', 'wait', onlyOn(['n0'])), volume('v1', 'wait', onlyOn(['n1']))];
    const on = (name: string) => ({ nodeSelector: { 'kubernetes.io/hostname': name } });
    const web = deployment(1, { ...using('data'), ...on('n0') }, { type: 'Recreate' });
    const job = workload('Job', { ...using('data'), ...on('n1') }, {}, 'job');
    const objects = [waitingClass(), ...nodes, ...volumes, claim('data', 'wait'), web];
    expect(answers(...objects)).toBe('yes/yes');
    expect(judge([...objects, job]).map(({ runs }) => runs)).toEqual(['depends', 'depends']);
  });

  test('who has another claim may take the last volume', () => {
    const volumes = [volume('v0', 'wait', onlyOn(['n0'])), volume('v1', 'wait', onlyOn(['n0']))];
    const web = deployment(1, using('data'));
    const job = workload('Job', using('logs'), {}, 'job');
    const rest = [waitingClass(), ...nodes, claim('data', 'wait'), claim('logs', 'wait'), web, job];
    expect(judge([...rest, ...volumes]).map(({ runs }) => runs)).toEqual(['yes', 'yes']);
    expect(judge([...rest, ...volumes.slice(1)]).map(({ runs }) => runs)).toEqual([
      'depends',
      'depends',
    ]);
  });
});
