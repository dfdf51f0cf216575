import { App, Chart } from 'cdk8s';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { SampleClass } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';
import { appObjects, dataOf, refusedApp, SELECTING, specOf, statefulApp } from './stateful-app';

const OWN = {
  'app.kubernetes.io/name': 'db',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};

describe('a StatefulApp', () => {
  test('is a Service and a StatefulSet', () => {
    const objects = appObjects();
    expect(objects.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`)).toEqual([
      'v1 Service',
      'apps/v1 StatefulSet',
    ]);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('has a budget for drains from two replicas on', () => {
    for (const replicas of [0, 1]) {
      expect(appObjects({ replicas }).map(({ kind }) => kind)).toEqual(['Service', 'StatefulSet']);
    }
    for (const replicas of [2, 3]) {
      const objects = appObjects({ replicas });
      expect(objectOf(objects, 'PodDisruptionBudget')).toEqual({
        apiVersion: 'policy/v1',
        kind: 'PodDisruptionBudget',
        metadata: { name: 'shop-db', namespace: 'shop', labels: OWN },
        spec: { maxUnavailable: 1, selector: { matchLabels: SELECTING } },
      });
      expect(checkObjects(objects)).toEqual([]);
    }
  });

  test('shows what it renders', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const one = statefulApp(chart, { storage: [] }, 'one');
    expect(one.disruptionBudget).toBeUndefined();
    const two = statefulApp(chart, { storage: [], replicas: 2 }, 'two');
    expect([two.service, two.statefulSet, two.disruptionBudget].map((each) => each?.kind)).toEqual([
      'Service',
      'StatefulSet',
      'PodDisruptionBudget',
    ]);
    expect(two.name).toBe('shop-two');
    expect(two.container.image).toBe('registry.example.com/db:1.4.2');
  });

  test('renders the same bytes every time', () => {
    const props = { replicas: 3, ports: { sql: 5432, metrics: 9187 }, scratch: ['/run'] };
    expect(JSON.stringify(appObjects(props))).toBe(JSON.stringify(appObjects(props)));
  });
});

describe('the Service of a StatefulApp', () => {
  test('is headless and has the ports by name', () => {
    expect(specOf('Service', { ports: { sql: 5432, metrics: 9187 } })).toEqual({
      clusterIP: 'None',
      selector: SELECTING,
      ports: [
        { name: 'sql', port: 5432, targetPort: 5432, protocol: 'TCP' },
        { name: 'metrics', port: 9187, targetPort: 9187, protocol: 'TCP' },
      ],
    });
  });

  test('names replicas before they are ready only where it is asked to', () => {
    expect(specOf('Service')).not.toHaveProperty('publishNotReadyAddresses');
    expect(specOf('Service', { publishNotReadyAddresses: false })).not.toHaveProperty(
      'publishNotReadyAddresses',
    );
    expect(specOf('Service', { publishNotReadyAddresses: true })).toHaveProperty(
      'publishNotReadyAddresses',
      true,
    );
  });

  test.each([
    [{ a: 1 }],
    [{ a: 65535 }],
    [{ 'a-1': 80 }],
    [{ '1a': 80 }],
    [{ abcdefghijklmno: 80 }],
  ])('takes the ports %j', (ports: Readonly<Record<string, number>>) => {
    const objects = appObjects({ ports });
    expect(checkObjects(objects)).toEqual([]);
    expect(objectOf(objects, 'Service').spec).toMatchObject({
      ports: Object.entries(ports).map(([name, port]) => ({ name, port })),
    });
  });

  test.each([
    [{}, '{}'],
    [{ a: 0 }, '{"a":0}'],
    [{ a: 65536 }, '{"a":65536}'],
    [{ a: 80.5 }, '{"a":80.5}'],
    [{ a: '80' }, '{"a":"80"}'],
    [{ A: 80 }, '{"A":80}'],
    [{ 80: 80 }, '{"80":80}'],
    [{ '-a': 80 }, '{"-a":80}'],
    [{ 'a-': 80 }, '{"a-":80}'],
    [{ 'a--b': 80 }, '{"a--b":80}'],
    [{ 'a.b': 80 }, '{"a.b":80}'],
    [{ abcdefghijklmnop: 80 }, '{"abcdefghijklmnop":80}'],
    [{ a: 80, b: 80 }, '{"a":80,"b":80}'],
    [[80], '[80]'],
  ])('fails with the ports %j', (ports, got) => {
    expect(refusedApp({ ports })).toEqual({
      code: 'PropType',
      path: 'shop/db',
      message: `shop/db: 'ports' must be ports from 1 to 65535 by name (lower case letters, digits and '-', a letter among them, at most 15); at least one, each number once, got ${got}`,
    });
  });
});

describe('the name of a StatefulApp', () => {
  const LONGEST = `a${'b'.repeat(51)}`;

  test('comes from its path, without a hash, and is that of all of its objects', () => {
    const objects = appObjects({ replicas: 2 });
    expect(objects.map(({ metadata }) => metadata.name)).toEqual(['shop-db', 'shop-db', 'shop-db']);
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty('serviceName', 'shop-db');
  });

  test.each(['db', 'a', LONGEST])('can be given: %s', (name) => {
    const objects = appObjects({ replicas: 2, name });
    expect(objects.map(({ metadata }) => metadata.name)).toEqual([name, name, name]);
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty('serviceName', name);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('can be as long as labels with the hash of a revision let it', () => {
    expect(LONGEST).toHaveLength(52);
    expect(refusedApp({ name: `${LONGEST}b` })).toEqual({
      code: 'StatefulAppName',
      path: 'shop/db',
      message: `shop/db: the app's name must be a DNS label that starts with a letter, of at most 52 characters, got '${LONGEST}b'; set 'name'`,
    });
  });

  test.each([
    ['is too long', 'd'.repeat(48), `shop-${'d'.repeat(48)}`],
    ['has a dot', 'db.v2', 'shop-db.v2'],
  ])('fails where the path %s', (_, id, name) => {
    expect(refusal(() => chartObjects((chart) => statefulApp(chart, { storage: [] }, id)))).toEqual(
      {
        code: 'StatefulAppName',
        path: `shop/${id}`,
        message: `shop/${id}: the app's name must be a DNS label that starts with a letter, of at most 52 characters, got '${name}'; set 'name'`,
      },
    );
  });

  test('fails where the path starts with a digit', () => {
    const chart = new Chart(new App(), '7shop', { namespace: 'shop' });
    expect(refusal(() => statefulApp(chart, { storage: [] }))).toEqual({
      code: 'StatefulAppName',
      path: '7shop/db',
      message:
        "7shop/db: the app's name must be a DNS label that starts with a letter, of at most 52 characters, got '7shop-db'; set 'name'",
    });
  });

  test.each(['Db', '7db', 'db.v2', '-db', 'db-', '', 7])('fails when it is %p', (name) => {
    const got = typeof name === 'string' ? `'${name}'` : name;
    expect(refusedApp({ name })).toEqual({
      code: 'PropType',
      path: 'shop/db',
      message: `shop/db: 'name' must be a DNS label that starts with a letter (lower case letters, digits and '-', at most 63), got ${got}`,
    });
  });

  test('fails when another app of the namespace has it', () => {
    expect(
      refusal(() =>
        chartObjects((chart) => {
          statefulApp(chart, { storage: [], name: 'db' }, 'a');
          statefulApp(chart, { storage: [], name: 'db' }, 'b');
        }),
      ),
    ).toEqual({
      code: 'Duplicate',
      path: 'shop/b',
      message:
        "shop/b: Service 'db' in 'shop' is already made by 'shop/a'; give one of them another 'name'",
    });
  });
});

describe('the namespace of a StatefulApp', () => {
  test.each([
    ['is the chart’s', {}, { namespace: 'shop' }, 'shop'],
    ['can be given', { namespace: 'data' }, { namespace: 'shop' }, 'data'],
    ['is left to kubectl where nobody says it', {}, {}, undefined],
  ])('%s', (_, props, chartProps, namespace) => {
    const objects = appObjects({ ...props, replicas: 2 }, chartProps);
    expect(objects).toHaveLength(3);
    for (const { metadata } of objects) {
      expect(metadata.namespace).toBe(namespace);
    }
    expect(checkObjects(objects)).toEqual([]);
  });
});

describe('the labels of a StatefulApp', () => {
  test('are on all of its objects and pods; two of them select', () => {
    const objects = appObjects({ replicas: 2 });
    for (const { metadata } of objects) {
      expect(metadata.labels).toEqual(OWN);
    }
    expect(objectOf(objects, 'StatefulSet').spec).toMatchObject({
      selector: { matchLabels: SELECTING },
      template: { metadata: { labels: OWN } },
    });
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty('selector', {
      matchLabels: SELECTING,
    });
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty('template.metadata', {
      labels: OWN,
    });
  });

  test('can be added, and then do not select', () => {
    const objects = appObjects({ labels: { team: 'data' }, replicas: 2 });
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty('template.metadata.labels', {
      ...OWN,
      team: 'data',
    });
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty('selector.matchLabels', SELECTING);
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty(
      'volumeClaimTemplates[0].metadata.labels',
      SELECTING,
    );
  });

  test('that select can be given, and select everywhere', () => {
    const selectorLabels = { role: 'db' };
    const objects = appObjects({ selectorLabels, replicas: 2 });
    expect(objectOf(objects, 'Service').spec).toHaveProperty('selector', selectorLabels);
    expect(objectOf(objects, 'PodDisruptionBudget').spec).toHaveProperty(
      'selector.matchLabels',
      selectorLabels,
    );
    const { spec } = objectOf(objects, 'StatefulSet');
    expect(spec).toHaveProperty('selector.matchLabels', selectorLabels);
    expect(spec).toHaveProperty('template.metadata.labels', { ...OWN, ...selectorLabels });
    expect(spec).toHaveProperty('volumeClaimTemplates[0].metadata.labels', selectorLabels);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fail when two apps of a namespace would select the same pods', () => {
    const twice = (other: { readonly namespace?: string }) =>
      refusal(() =>
        chartObjects((chart) => {
          const selectorLabels = { role: 'db' };
          statefulApp(chart, { storage: [], selectorLabels }, 'a');
          statefulApp(chart, { storage: [], selectorLabels, ...other }, 'b');
        }),
      );
    expect(twice({})).toEqual({
      code: 'SelectorOverlap',
      path: 'shop/b',
      message:
        "shop/b: 'selectorLabels' must select no pod of another app, got role=db of 'shop/b', which the pods of 'shop/a' have too; give one of them labels of its own",
    });
    expect(() => twice({ namespace: 'other' })).toThrow('nothing was thrown');
  });
});

describe('the rules of a StatefulApp', () => {
  const DEFAULTS = {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
  };

  test('are written out by default: claims are kept', () => {
    expect(specOf('StatefulSet')).toEqual({
      ...DEFAULTS,
      serviceName: 'shop-db',
      selector: { matchLabels: SELECTING },
      template: expect.anything(),
      volumeClaimTemplates: [expect.anything()],
    });
  });

  test.each([
    [{ replicas: 0 }, { replicas: 0 }],
    [{ replicas: 5 }, { replicas: 5 }],
    [{ podManagementPolicy: 'OrderedReady' }, { podManagementPolicy: 'OrderedReady' }],
    [{ podManagementPolicy: 'Parallel' }, { podManagementPolicy: 'Parallel' }],
    [{ updateStrategy: 'RollingUpdate' }, {}],
    [{ updateStrategy: 'OnDelete' }, { updateStrategy: { type: 'OnDelete' } }],
    [{ claimRetention: {} }, {}],
    [
      { claimRetention: { whenDeleted: 'Delete' } },
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' } },
    ],
    [
      { claimRetention: { whenScaled: 'Delete' } },
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' } },
    ],
    [
      { claimRetention: { whenDeleted: 'Delete', whenScaled: 'Delete' } },
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Delete' } },
    ],
  ] as const)('can be %j', (props, expected) => {
    const objects = appObjects(props);
    expect(objectOf(objects, 'StatefulSet').spec).toEqual({
      ...DEFAULTS,
      ...expected,
      serviceName: 'shop-db',
      selector: { matchLabels: SELECTING },
      template: expect.anything(),
      volumeClaimTemplates: [expect.anything()],
    });
    expect(checkObjects(objects)).toEqual([]);
  });
});

describe('the class of a storage', () => {
  test.each([
    [{}, 1],
    [{ replicas: 3 }, 3],
    [{ replicas: 0 }, 0],
  ])('is asked for a claim of each replica: %j', (props, count) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const from = new SampleClass(chart);
    statefulApp(chart, { ...props, storage: [dataOf(from, { size: '1024Gi' })] });
    expect(from.asked).toHaveLength(1);
    const [asked] = from.asked;
    expect(asked).toMatchObject({
      place: 'shop/db',
      accessMode: 'ReadWriteOnce',
      volumeMode: 'Filesystem',
      count,
    });
    expect(`${asked?.size}`).toBe('1Ti');
  });

  test('is asked with the modes of the storage', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const from = new SampleClass(chart);
    statefulApp(chart, {
      storage: [
        dataOf(from, { accessMode: 'ReadWriteOncePod' }),
        { name: 'raw', from, size: '1Gi', volumeMode: 'Block', devicePath: '/dev/xvda' },
      ],
    });
    expect(from.asked).toMatchObject([
      { accessMode: 'ReadWriteOncePod', volumeMode: 'Filesystem', count: 1 },
      { accessMode: 'ReadWriteOnce', volumeMode: 'Block', count: 1 },
    ]);
  });

  test('refuses with the path of the app, which is then not made', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const from = new SampleClass(chart);
    expect(refusal(() => statefulApp(chart, { replicas: 6, storage: [dataOf(from)] }))).toEqual({
      code: 'SampleLimit',
      path: 'shop/db',
      message: 'shop/db: there are 5 volumes, got 6 claims',
    });
    expect(chart.node.tryFindChild('db')).toBeUndefined();
    statefulApp(chart, { replicas: 5, storage: [dataOf(from)] });
  });
});
