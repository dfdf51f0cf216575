import { App, Chart, Size } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { ClassClaim, type ClassClaimProps } from '../../src/claims/class-claim';
import { ACCESS_MODES } from '../../src/kube/access-mode';
import { quantity } from '../../src/kube/quantity';
import { checkObjects } from '../support/api-objects';
import { type Refusal, refusal } from '../support/refusal';
import { DISK, SampleClass } from '../support/sample-class';
import { chartObjects, objectOf } from '../support/synth';

const LABELS = {
  'app.kubernetes.io/name': 'data',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};
const KEEP = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

function shop(): Chart {
  return new Chart(new App(), 'shop', { namespace: 'shop' });
}

/** The claim that a class of disks makes. */
function claimObject(props: ClassClaimProps) {
  const objects = chartObjects(
    (chart) => new ClassClaim(chart, 'data', new SampleClass(chart), props),
  );
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'PersistentVolumeClaim');
}

/** What a claim says that refuses these props, which no type checks. */
function refusedClaim(props: unknown): Refusal {
  const chart = shop();
  return refusal(
    () => new ClassClaim(chart, 'data', new SampleClass(chart), props as ClassClaimProps),
  );
}

describe('a claim that a class makes', () => {
  test('is, by default, exactly this', () => {
    expect(claimObject({ size: '10Gi' })).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'shop-data', namespace: 'shop', labels: LABELS, annotations: KEEP },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: 'fast',
        resources: { requests: { storage: '10Gi' } },
      },
    });
  });

  test.each([
    ['1024Mi', '1Gi'],
    ['0.5Gi', '512Mi'],
    ['1', '1'],
    [Size.tebibytes(2), '2Ti'],
    [quantity('1e9'), '1e9'],
  ] as const)('has a canonical size: %s', (size, text) => {
    expect(claimObject({ size }).spec).toHaveProperty('resources.requests.storage', text);
  });

  test.each(ACCESS_MODES)(
    'has the access mode of its class, or the one given: %s',
    (accessMode) => {
      expect(claimObject({ size: '1Gi', accessMode }).spec).toHaveProperty('accessModes', [
        accessMode,
      ]);
      const chart = shop();
      const from = new SampleClass(chart, 'fast', DISK, accessMode);
      expect(new ClassClaim(chart, 'a', from, { size: '1Gi' }).accessMode).toBe(accessMode);
      expect(
        new ClassClaim(chart, 'b', from, { size: '1Gi', accessMode: 'ReadWriteOnce' }).accessMode,
      ).toBe('ReadWriteOnce');
    },
  );

  test.each([
    [{ volumeMode: 'Filesystem' }, { volumeMode: 'Filesystem' }],
    [{ volumeMode: 'Block' }, { volumeMode: 'Block' }],
  ] as const)('has the volume mode %j', (props, spec) => {
    expect(claimObject({ size: '1Gi', ...props }).spec).toMatchObject(spec);
  });

  test.each([
    [{ name: 'pg.data' }, { name: 'pg.data' }],
    [{ namespace: 'data' }, { namespace: 'data' }],
    [{ labels: { team: 'data' } }, { labels: { ...LABELS, team: 'data' } }],
    [{ deletable: false }, { annotations: KEEP }],
  ])('has in its metadata %j', (props, metadata) => {
    expect(claimObject({ size: '1Gi', ...props }).metadata).toEqual({
      name: 'shop-data',
      namespace: 'shop',
      labels: LABELS,
      annotations: KEEP,
      ...metadata,
    });
  });

  test('may be deleted by Argo CD where it is said', () => {
    expect(claimObject({ size: '1Gi', deletable: true }).metadata).not.toHaveProperty(
      'annotations',
    );
  });

  test('shows what it is, and can be mounted', () => {
    const chart = shop();
    const claim = new ClassClaim(chart, 'data', new SampleClass(chart), { size: '1024Mi' });
    expect(claim).toMatchObject({
      claimName: 'shop-data',
      namespace: 'shop',
      accessMode: 'ReadWriteOnce',
      volumeMode: 'Filesystem',
    });
    expect(`${claim.size}`).toBe('1Gi');
    const web = new Deployment(chart, 'web');
    web.addContainer({ image: 'web:1' }).mount('/data', claim);
    expect(JSON.stringify(chart.toJson())).toContain('"claimName":"shop-data"');
  });

  test('asks its class for one claim, as it is', () => {
    const chart = shop();
    const from = new SampleClass(chart);
    new ClassClaim(chart, 'data', from, {
      size: '2048Mi',
      accessMode: 'ReadWriteOncePod',
      volumeMode: 'Block',
    });
    expect(from.asked).toEqual([
      {
        place: 'shop/data',
        size: quantity('2Gi'),
        accessMode: 'ReadWriteOncePod',
        volumeMode: 'Block',
        count: 1,
      },
    ]);
  });
});

describe('a claim that a class makes fails', () => {
  test('when its class refuses it, and is then not made', () => {
    const chart = shop();
    const from = new SampleClass(chart, 'empty', DISK, 'ReadWriteOnce', 0);
    expect(refusal(() => new ClassClaim(chart, 'data', from, { size: '1Gi' }))).toEqual({
      code: 'SampleLimit',
      path: 'shop/data',
      message: 'shop/data: there are 0 volumes, got 1 claims',
    });
    expect(chart.node.tryFindChild('data')).toBeUndefined();
  });

  test('when another has its name', () => {
    const chart = shop();
    const from = new SampleClass(chart);
    new ClassClaim(chart, 'a', from, { size: '1Gi', name: 'data' });
    expect(
      refusal(() => new ClassClaim(chart, 'b', from, { size: '1Gi', name: 'data' })),
    ).toMatchObject({
      code: 'Duplicate',
      message:
        "shop/b: PersistentVolumeClaim 'data' in 'shop' is already made by 'shop/a'; give one of them another 'name'",
    });
    new ClassClaim(chart, 'c', from, { size: '1Gi', name: 'data', namespace: 'other' });
  });

  test.each([
    ['0', "must be more than 0 and at most 2^63 - 1 bytes, got '0'"],
    [
      '9223372036854775808',
      "must be more than 0 and at most 2^63 - 1 bytes, got '9223372036854775808'",
    ],
    [
      '100m',
      "must be a whole number of bytes, got '100m'; 'm' is a thousandth, mega is 'M' or 'Mi'",
    ],
  ])('with the size %s', (size, problem) => {
    expect(refusedClaim({ size })).toEqual({
      code: 'SizeInvalid',
      path: 'shop/data',
      message: `shop/data: 'size' ${problem}`,
    });
  });

  test('without a size', () => {
    expect(refusedClaim({})).toEqual({
      code: 'PropMissing',
      path: 'shop/data',
      message:
        "shop/data: 'size' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got undefined",
    });
  });

  test.each([
    [{ sise: '1Gi' }, "'sise' is no prop of the claim; did you mean 'size'?"],
    [
      { storageClassName: 'fast' },
      "'storageClassName' is no prop of the claim; it takes 'size', 'accessMode', 'volumeMode', 'name', 'namespace', 'labels' or 'deletable'",
    ],
  ])('with a prop that it does not have: %j', (props, message) => {
    expect(refusedClaim({ size: '1Gi', ...props })).toEqual({
      code: 'PropUnknown',
      path: 'shop/data',
      message: `shop/data: ${message}`,
    });
  });

  test.each([
    [
      { accessMode: 'RWO' },
      "'accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got 'RWO'",
    ],
    [
      { volumeMode: 'block' },
      "'volumeMode' must be 'Filesystem' or 'Block', got 'block'; did you mean 'Block'?",
    ],
    [
      { name: 'Data' },
      "'name' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got 'Data'",
    ],
    [
      { namespace: 'a.b' },
      "'namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got 'a.b'",
    ],
    [{ deletable: 'yes' }, "'deletable' must be true or false, got 'yes'"],
  ])('with a value that it does not take: %j', (props, message) => {
    expect(refusedClaim({ size: '1Gi', ...props })).toEqual({
      code: 'PropType',
      path: 'shop/data',
      message: `shop/data: ${message}`,
    });
  });
});
