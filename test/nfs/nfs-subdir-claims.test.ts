import type { Chart } from 'cdk8s';
import { quantity } from '../../src/kube/quantity';
import { NFS_ACCESS_MODES } from '../../src/nfs/limits';
import { NfsSubdirProvisioner } from '../../src/nfs/nfs-subdir-provisioner';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';

const EXPORT = { server: '172.26.1.10', path: '/mnt/shared' };

/** Props that no type checks. */
type Loose = Readonly<Record<string, unknown>>;

function claimed(props: Loose): readonly RenderedObject[] {
  return chartObjects((chart) => claimIn(chart, props));
}

function claimIn(chart: Chart, props: Loose) {
  const provisioner = new NfsSubdirProvisioner(chart, 'nfs', EXPORT);
  return provisioner.claim(chart, 'uploads', { size: '4Gi', ...props });
}

describe('a claim of an NfsSubdirProvisioner', () => {
  test('is shared, and names its class', () => {
    const objects = claimed({});
    expect(checkObjects(objects)).toEqual([]);
    expect(objectOf(objects, 'PersistentVolumeClaim')).toMatchObject({
      metadata: { name: 'shop-uploads', namespace: 'shop' },
      spec: {
        accessModes: ['ReadWriteMany'],
        volumeMode: 'Filesystem',
        storageClassName: 'nfs-client',
        resources: { requests: { storage: '4Gi' } },
      },
    });
  });

  test.each(NFS_ACCESS_MODES)('may be %s', (accessMode) => {
    const claim = objectOf(claimed({ accessMode }), 'PersistentVolumeClaim');
    expect(claim).toHaveProperty('spec.accessModes', [accessMode]);
  });

  test('takes a namespace of its own', () => {
    const claim = objectOf(claimed({ namespace: 'other' }), 'PersistentVolumeClaim');
    expect(claim.metadata.namespace).toBe('other');
  });

  test.each<[Loose, string, string]>([
    [
      { volumeMode: 'Block' },
      'NfsVolumeMode',
      "'volumeMode' must be 'Filesystem', got 'Block': NFS serves folders, it has no devices",
    ],
    [
      { accessMode: 'ReadWriteOncePod' },
      'NfsAccessMode',
      "'accessMode' must be 'ReadWriteMany', 'ReadOnlyMany' or 'ReadWriteOnce', got 'ReadWriteOncePod': Kubernetes has it for CSI drivers only, use NfsStorageClass",
    ],
    [
      { selector: { matchLabels: { app: 'web' } } },
      'NfsSelector',
      "'selector' must be left out: the provisioner makes no volume for a claim that has one",
    ],
    [
      { size: '0' },
      'SizeInvalid',
      "'size' must be more than 0 and at most 2^63 - 1 bytes, got '0'",
    ],
  ])('fails with %j', (props, code, problem) => {
    expect(refusal(() => claimed(props))).toEqual({
      code,
      path: 'shop/uploads',
      message: `shop/uploads: ${problem}`,
    });
  });

  test('is judged for others by checkClaim', () => {
    chartObjects((chart) => {
      const provisioner = new NfsSubdirProvisioner(chart, 'nfs', EXPORT);
      const request = { size: quantity('1Gi'), volumeMode: 'Filesystem', count: 3 } as const;
      for (const accessMode of NFS_ACCESS_MODES) {
        provisioner.checkClaim('shop/app', { ...request, accessMode });
      }
      const run = () =>
        provisioner.checkClaim('shop/app', { ...request, accessMode: 'ReadWriteOncePod' });
      expect(refusal(run)).toMatchObject({ code: 'NfsAccessMode', path: 'shop/app' });
    });
  });
});

test('workloads learn that in-tree NFS is not attached, and ignores fsGroup', () => {
  chartObjects((chart) => {
    const provisioner = new NfsSubdirProvisioner(chart, 'nfs', { ...EXPORT, name: 'nas' });
    expect(provisioner.defaultAccessMode).toBe('ReadWriteMany');
    expect(provisioner.storageClassName).toBe('nfs-client');
    expect(provisioner.provisionerName).toBe('cluster.local/nas');
    expect(provisioner.deployment.name).toBe('nas');
    expect(provisioner.traits).toEqual({
      driver: 'cluster.local/nas',
      attaches: false,
      honoursFsGroup: false,
      hasLostAndFound: false,
      nfs: {},
    });
  });
});
