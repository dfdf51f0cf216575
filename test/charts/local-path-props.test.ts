import { App } from 'cdk8s';
import {
  LocalPathStorageChart,
  type LocalPathStorageChartProps,
} from '../../src/charts/local-path';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { objectOf, type RenderedObject } from '../support/synth';

function chartObjects(props?: LocalPathStorageChartProps): readonly RenderedObject[] {
  return new LocalPathStorageChart(new App(), 'local-path', props).toJson();
}

function refused(props: unknown): Refusal {
  return refusal(() => chartObjects(props as LocalPathStorageChartProps));
}

describe('props of the local-path chart', () => {
  test('change the namespace of claim and writer, not that of the provisioner', () => {
    const objects = chartObjects({ namespace: 'shop' });
    expect(objectOf(objects, 'PersistentVolumeClaim').metadata.namespace).toBe('shop');
    expect(objectOf(objects, 'Deployment', 'app').metadata.namespace).toBe('shop');
    expect(objectOf(objects, 'ConfigMap').metadata.namespace).toBe('local-path-storage');
  });

  test('change the provisioner and keep the rest', () => {
    const objects = chartObjects({
      provisioner: {
        namespace: 'storage',
        className: 'node-local',
        reclaimPolicy: 'Retain',
        isDefault: true,
        nodePathMap: { 'node-1': ['/data'] },
      },
    });
    expect(objectOf(objects, 'Namespace').metadata.name).toBe('storage');
    expect(objectOf(objects, 'StorageClass', 'node-local')).toMatchObject({
      provisioner: 'rancher.io/local-path',
      reclaimPolicy: 'Retain',
      metadata: { annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    });
    const { 'config.json': config } = objectAt(objectOf(objects, 'ConfigMap').data);
    expect(JSON.parse(`${config}`)).toEqual({
      nodePathMap: [{ node: 'node-1', paths: ['/data'] }],
    });
    // The claim is of the class that is there.
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toMatchObject({
      storageClassName: 'node-local',
      resources: { requests: { storage: '1Gi' } },
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('change the claim and keep the rest', () => {
    const objects = chartObjects({ claim: { name: 'times', size: '5Gi', volumeType: 'local' } });
    expect(objectOf(objects, 'PersistentVolumeClaim', 'times')).toMatchObject({
      metadata: { annotations: { volumeType: 'local' } },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'local-path',
        resources: { requests: { storage: '5Gi' } },
      },
    });
    expect(
      listAt(objectOf(objects, 'Deployment', 'app').spec, 'template', 'spec', 'volumes')[0],
    ).toHaveProperty('persistentVolumeClaim.claimName', 'times');
  });

  test('change the class of the claim, to one that the cluster has', () => {
    const objects = chartObjects({ claim: { className: 'node-ssd' } });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toHaveProperty(
      'storageClassName',
      'node-ssd',
    );
  });

  test('put labels of the chart on every object', () => {
    for (const { metadata } of chartObjects({ labels: { team: 'shop' } })) {
      expect(metadata.labels).toHaveProperty('team', 'shop');
    }
  });

  test('keep their defaults where they are undefined', () => {
    const undefinedProps = {
      namespace: undefined,
      labels: undefined,
      disableResourceNameHashes: undefined,
      provisioner: { namespace: undefined, className: undefined, nodePathMap: undefined },
      claim: { name: undefined, size: undefined, className: undefined, accessMode: undefined },
    };
    for (const props of [undefinedProps, { provisioner: undefined, claim: undefined }]) {
      expect(chartObjects(props as unknown as LocalPathStorageChartProps)).toEqual(chartObjects());
    }
  });

  test('are not changed', () => {
    const props = Object.freeze({
      provisioner: Object.freeze({ nodePathMap: Object.freeze({ 'node-1': ['/data'] }) }),
      claim: Object.freeze({ size: '2Gi' }),
    });
    expect(() => chartObjects(props)).not.toThrow();
  });

  test('are reachable: provisioner, claim and writer', () => {
    const chart = new LocalPathStorageChart(new App(), 'local-path');
    expect(chart.provisioner.mainClass.storageClassName).toBe('local-path');
    expect(chart.claim.claimName).toBe('localpath-claim');
    expect(chart.writer.name).toBe('app');
  });
});

describe('the local-path chart fails', () => {
  test.each([
    [
      { claims: {} },
      'PropUnknown',
      "local-path: 'claims' is no prop of LocalPathStorageChart; did you mean 'claim'?",
    ],
    [
      null,
      'PropType',
      'local-path: the props of LocalPathStorageChart must be an object, got null',
    ],
    [
      { provisioner: null },
      'PropType',
      "local-path: 'provisioner' must be props of a LocalPathProvisioner, got null",
    ],
    [
      { claim: 'localpath-claim' },
      'PropType',
      "local-path: 'claim' must be props of a LocalPathClaim, got 'localpath-claim'",
    ],
    [
      { namespace: 'Shop' },
      'PropType',
      "local-path: 'namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got 'Shop'",
    ],
    [
      { provisioner: { image: 'rancher/local-path-provisioner' } },
      'PropType',
      "local-path/provisioner: 'image' must be an image reference with a tag other than 'latest' or a digest, such as 'registry.example.com/busybox:1.37.0', got 'rancher/local-path-provisioner'",
    ],
    [
      { provisioner: { nodePathMap: { 'node-1': ['/'] } } },
      'LocalPathConfig',
      "local-path/provisioner: 'nodePathMap' of 'node-1' must be a folder below '/', got '/'",
    ],
    [
      { claim: { sise: '1Gi' } },
      'PropUnknown',
      "local-path/claim: 'sise' is no prop of the claim; did you mean 'size'?",
    ],
    [
      { claim: { size: '1gb' } },
      'PropType',
      "local-path/claim: 'size' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got '1gb'",
    ],
    [
      { claim: { className: '' } },
      'PropType',
      "local-path/claim: 'className' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got ''",
    ],
    [
      { claim: { accessMode: 'ReadWriteMany' } },
      'LocalPathAccessMode',
      "local-path/claim: 'accessMode' must be 'ReadWriteOnce' or 'ReadWriteOncePod', got 'ReadWriteMany': a volume is a folder of one node; a provisioner with 'sharedFileSystemPath' serves every mode",
    ],
    [
      { claim: { volumeMode: 'Block' } },
      'LocalPathVolumeMode',
      "local-path/claim: 'volumeMode' must be 'Filesystem', got 'Block': a volume is a folder, the provisioner refuses block devices",
    ],
    [
      { claim: { selector: {} } },
      'LocalPathSelector',
      "local-path/claim: 'selector' must be left out: a volume is made for each claim, and the provisioner refuses a claim that selects one",
    ],
    [
      { claim: { namespace: 'files' } },
      'ClaimNamespace',
      "local-path/app: claims must be in the app's namespace 'default', got claim 'localpath-claim' in 'files'; pods find claims of their own namespace only",
    ],
  ])('with %j', (props, code, message) => {
    expect(refused(props)).toEqual({ code, message, path: message.split(': ')[0] });
  });

  test('twice in one app, since both would make the same provisioner', () => {
    const app = new App();
    new LocalPathStorageChart(app, 'one');
    expect(refusal(() => new LocalPathStorageChart(app, 'two'))).toMatchObject({
      code: 'Duplicate',
      path: 'two/provisioner',
    });
  });
});
