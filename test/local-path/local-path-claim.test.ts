import { LocalPathClaim, type LocalPathClaimProps } from '../../src/local-path/local-path-claim';
import { LocalPathProvisioner } from '../../src/local-path/local-path-provisioner';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

type AnyProps = Readonly<Record<string, unknown>>;

const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

function rendered(props: AnyProps = {}): RenderedObject {
  const objects = chartObjects((chart) => {
    new LocalPathClaim(chart, 'scratch', { size: '1Gi', ...props } as LocalPathClaimProps);
  });
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'PersistentVolumeClaim');
}

/** A claim of the class of a provisioner whose file system is shared. */
function shared(props: AnyProps = {}): RenderedObject {
  const objects = chartObjects((chart) => {
    const { mainClass } = new LocalPathProvisioner(chart, 'storage', {
      sharedFileSystemPath: '/mnt/shared',
      className: 'shared',
    });
    mainClass.claim(chart, 'scratch', { size: '1Gi', ...props });
  });
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'PersistentVolumeClaim');
}

describe('a LocalPathClaim', () => {
  test('is of class local-path, for one node, and kept by Argo CD', () => {
    expect(rendered()).toEqual({
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'shop-scratch',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s',
          'app.kubernetes.io/name': 'scratch',
          'app.kubernetes.io/part-of': 'shop',
        },
        annotations: KEPT,
      },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: 'local-path',
        resources: { requests: { storage: '1Gi' } },
      },
    });
  });

  test.each(['ReadWriteOnce', 'ReadWriteOncePod'] as const)('can be %s', (accessMode) => {
    expect(rendered({ accessMode }).spec).toMatchObject({ accessModes: [accessMode] });
  });

  test('can be of another class', () => {
    expect(rendered({ className: 'fast' }).spec).toMatchObject({ storageClassName: 'fast' });
  });

  test.each(['hostPath', 'local'] as const)('says by an annotation that it is %s', (volumeType) => {
    expect(rendered({ volumeType }).metadata.annotations).toEqual({ volumeType, ...KEPT });
    expect(rendered({ volumeType, deletable: true }).metadata.annotations).toEqual({ volumeType });
  });

  test('can be deletable, and then has no annotation', () => {
    expect(rendered({ deletable: true }).metadata).not.toHaveProperty('annotations');
    expect(rendered({ deletable: false }).metadata.annotations).toEqual(KEPT);
  });

  test('has a name, a namespace and labels', () => {
    const { metadata } = rendered({ name: 'out', namespace: 'tools', labels: { app: 'writer' } });
    expect(metadata).toMatchObject({ name: 'out', namespace: 'tools' });
    expect(metadata.labels).toMatchObject({ app: 'writer', 'app.kubernetes.io/part-of': 'shop' });
  });

  test('has its size in canonical form', () => {
    expect(rendered({ size: '1024Mi' }).spec).toMatchObject({
      resources: { requests: { storage: '1Gi' } },
    });
  });

  test('knows what it is', () => {
    chartObjects((chart) => {
      const claim = new LocalPathClaim(chart, 'scratch', { size: '1Gi' });
      expect(claim).toMatchObject({
        claimName: 'shop-scratch',
        namespace: 'shop',
        accessMode: 'ReadWriteOnce',
        volumeMode: 'Filesystem',
        className: 'local-path',
      });
      expect(`${claim.size}`).toBe('1Gi');
      expect(claim.asVolume()).toBe(claim.asVolume());
    });
  });
});

describe('a claim of a class', () => {
  test('is of that class, and like any other', () => {
    const objects = chartObjects((chart) => {
      const provisioner = new LocalPathProvisioner(chart, 'storage');
      const fast = provisioner.storageClass('fast', { name: 'fast' });
      fast.claim(chart, 'a', { size: '1Gi' });
      provisioner.mainClass.claim(chart, 'b', { size: '1Gi', volumeType: 'local' });
    });
    expect(checkObjects(objects)).toEqual([]);
    expect(objectOf(objects, 'PersistentVolumeClaim', 'shop-a').spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Filesystem',
      storageClassName: 'fast',
      resources: { requests: { storage: '1Gi' } },
    });
    expect(objectOf(objects, 'PersistentVolumeClaim', 'shop-b')).toMatchObject({
      metadata: { annotations: { volumeType: 'local' } },
      spec: { storageClassName: 'local-path' },
    });
  });

  test.each(['ReadWriteOnce', 'ReadWriteOncePod', 'ReadOnlyMany', 'ReadWriteMany'])(
    'can be %s where the file system is shared',
    (accessMode) => {
      expect(shared({ accessMode }).spec).toMatchObject({
        accessModes: [accessMode],
        storageClassName: 'shared',
      });
    },
  );

  test('is ReadWriteOnce unless it says otherwise, there too', () => {
    expect(shared().spec).toMatchObject({ accessModes: ['ReadWriteOnce'] });
  });

  test('has its class from the class', () => {
    expect(refusal(() => shared({ className: 'fast' }))).toMatchObject({
      code: 'PropUnknown',
      message: expect.stringMatching(/^shop\/scratch: 'className' is no prop of the claim/),
    });
  });

  test('fails when it wants a node of a shared file system', () => {
    expect(refusal(() => shared({ volumeType: 'local' }))).toEqual({
      code: 'LocalPathVolumeType',
      path: 'shop/scratch',
      message:
        "shop/scratch: 'volumeType' must be 'hostPath' on a shared file system, got 'local': the API server wants the node of a local volume, and the provisioner names none",
    });
  });
});

describe('a LocalPathClaim fails when', () => {
  const BLOCK =
    "'volumeMode' must be 'Filesystem', got 'Block': a volume is a folder, the provisioner refuses block devices";
  const SELECTOR =
    "'selector' must be left out: a volume is made for each claim, and the provisioner refuses a claim that selects one";
  const modes = (mode: string) =>
    `'accessMode' must be 'ReadWriteOnce' or 'ReadWriteOncePod', got '${mode}': a volume is a folder of one node; a provisioner with 'sharedFileSystemPath' serves every mode`;

  test.each<[string, string, AnyProps]>([
    ['LocalPathVolumeMode', BLOCK, { volumeMode: 'Block' }],
    ['LocalPathSelector', SELECTOR, { selector: { matchLabels: { app: 'a' } } }],
    ['LocalPathAccessMode', modes('ReadWriteMany'), { accessMode: 'ReadWriteMany' }],
    ['LocalPathAccessMode', modes('ReadOnlyMany'), { accessMode: 'ReadOnlyMany' }],
    ['PropType', "'volumeType' must be 'hostPath' or 'local', got 'disk'", { volumeType: 'disk' }],
    [
      'PropType',
      "'className' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got ''",
      { className: '' },
    ],
    [
      'SizeInvalid',
      "'size' must be more than 0 and at most 2^63 - 1 bytes, got '0'",
      { size: '0' },
    ],
    [
      'PropUnknown',
      "'classname' is no prop of the claim; did you mean 'className'?",
      { classname: 'a' },
    ],
  ])('%s: %s', (code, reason, props) => {
    expect(refusal(() => rendered(props))).toEqual({
      code,
      path: 'shop/scratch',
      message: `shop/scratch: ${reason}`,
    });
  });

  test.each<[string, string, AnyProps]>([
    ['LocalPathVolumeMode', BLOCK, { volumeMode: 'Block' }],
    ['LocalPathSelector', SELECTOR, { selector: { matchLabels: { app: 'a' } } }],
  ])('the file system is shared, for %s too', (code, reason, props) => {
    expect(refusal(() => shared(props))).toMatchObject({
      code,
      message: `shop/scratch: ${reason}`,
    });
  });

  test('there are no props', () => {
    const none = undefined as unknown as LocalPathClaimProps;
    expect(
      refusal(() => chartObjects((chart) => new LocalPathClaim(chart, 'scratch', none))),
    ).toMatchObject({ code: 'PropType' });
  });
});
