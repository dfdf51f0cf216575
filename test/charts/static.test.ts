import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { StaticStorageChart, type StaticStorageChartProps } from '../../src/charts/static';
import { checkObjects } from '../support/api-objects';
import { objectAt, valueAt } from '../support/json';
import { type Refusal, refusal } from '../support/refusal';
import { objectOf, type RenderedObject } from '../support/synth';

const FILE = join(__dirname, '../fixtures/scenarios/nfs-static-uploads.yaml');
const WALK_THROUGH = loadAll(readFileSync(FILE, 'utf8')) as RenderedObject[];

function chartObjects(props?: StaticStorageChartProps): readonly RenderedObject[] {
  return new StaticStorageChart(new App(), 'static', props).toJson();
}

function refused(props: unknown): Refusal {
  return refusal(() => chartObjects(props as StaticStorageChartProps));
}

/** The same field of the walk-through's object and of ours. */
function both(kind: string, ...path: string[]): readonly [unknown, unknown] {
  return [
    valueAt(objectOf(WALK_THROUGH, kind), ...path),
    valueAt(objectOf(chartObjects(), kind), ...path),
  ];
}

const CONTAINER = ['spec', 'template', 'spec', 'containers', '0'];
const AFFINITY = ['spec', 'template', 'spec', 'affinity'];

/** The walk-through's pod, with lists as objects so that a path leads through them. */
function deployment(objects: readonly RenderedObject[]): unknown {
  const indexed = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      return Object.fromEntries(value.map((element, index) => [index, indexed(element)]));
    }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, indexed(inner)]))
      : value;
  };
  return indexed(objectOf(objects, 'Deployment'));
}

describe('the static chart is the walk-through', () => {
  test('with the same objects, and a budget for drains', () => {
    const names = (objects: readonly RenderedObject[]): readonly string[] =>
      objects.map(({ apiVersion, kind, metadata }) => `${apiVersion} ${kind} ${metadata.name}`);
    const ours = names(chartObjects());
    expect([...ours].sort()).toEqual(
      [...names(WALK_THROUGH), 'policy/v1 PodDisruptionBudget application'].sort(),
    );
  });

  test.each([
    ['PersistentVolume', ['metadata', 'name']],
    ['PersistentVolume', ['metadata', 'labels', 'type']],
    ['PersistentVolume', ['spec', 'capacity']],
    ['PersistentVolume', ['spec', 'accessModes']],
    ['PersistentVolume', ['spec', 'nfs']],
    ['PersistentVolumeClaim', ['metadata', 'name']],
    ['PersistentVolumeClaim', ['spec', 'accessModes']],
    ['PersistentVolumeClaim', ['spec', 'storageClassName']],
    ['PersistentVolumeClaim', ['spec', 'resources']],
    ['Service', ['metadata', 'name']],
    ['Service', ['metadata', 'labels', 'role']],
    ['Service', ['spec', 'selector']],
    ['Deployment', ['metadata', 'name']],
    ['Deployment', ['spec', 'replicas']],
    ['Deployment', ['spec', 'strategy']],
    ['Deployment', ['spec', 'selector']],
    ['Deployment', ['spec', 'template', 'metadata', 'labels', 'role']],
    ['Deployment', ['spec', 'template', 'spec', 'imagePullSecrets']],
    ['Deployment', [...AFFINITY, 'nodeAffinity']],
  ] as const)('in the %s: %j', (kind, path) => {
    const [theirs, ours] = both(kind, ...path);
    expect(theirs).toBeDefined();
    expect(ours).toEqual(theirs);
  });

  test('in the ports of the Service, which ours names', () => {
    const [theirs, ours] = both('Service', 'spec', 'ports');
    expect(ours).toEqual((theirs as object[]).map((port) => ({ ...port, name: 'http' })));
  });

  test('in the container: its name, its port and where it mounts the claim', () => {
    const [theirs, ours] = [deployment(WALK_THROUGH), deployment(chartObjects())];
    for (const path of [
      ['name'],
      ['ports', '0', 'containerPort'],
      ['volumeMounts', '0', 'mountPath'],
    ]) {
      expect(valueAt(ours, ...CONTAINER, ...path)).toBe(valueAt(theirs, ...CONTAINER, ...path));
    }
    const claim = [
      'spec',
      'template',
      'spec',
      'volumes',
      '0',
      'persistentVolumeClaim',
      'claimName',
    ];
    expect(valueAt(ours, ...claim)).toBe(valueAt(theirs, ...claim));
    expect(valueAt(ours, ...CONTAINER, 'volumeMounts', '0', 'name')).toBe(
      valueAt(ours, 'spec', 'template', 'spec', 'volumes', '0', 'name'),
    );
  });
});

describe('the static chart makes right what is wrong in the walk-through', () => {
  test('anti-affinity counts the app’s own pods in its own namespace', () => {
    const theirs = valueAt(objectOf(WALK_THROUGH, 'Deployment'), ...AFFINITY, 'podAntiAffinity');
    expect(JSON.stringify(theirs)).toContain('"namespaces":["k8s-worker-1","k8s-worker-2"]');
    const ours = objectAt(objectOf(chartObjects(), 'Deployment'), ...AFFINITY);
    expect(ours.podAntiAffinity).toEqual({
      requiredDuringSchedulingIgnoredDuringExecution: [
        {
          labelSelector: { matchLabels: { role: 'application' } },
          topologyKey: 'kubernetes.io/hostname',
        },
      ],
    });
  });

  test('the image is a version, which every node runs', () => {
    const container = valueAt(deployment(chartObjects()), ...CONTAINER);
    expect(container).toHaveProperty('image', 'registry.example.com/my-app:1.0.0');
    expect(container).toHaveProperty('imagePullPolicy', 'IfNotPresent');
  });

  test('volume and claim are reserved for each other', () => {
    const objects = chartObjects();
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty('claimRef', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: 'default',
      name: 'nfs-storage-claim',
    });
    const { spec } = objectOf(objects, 'PersistentVolumeClaim');
    expect(spec).toHaveProperty('volumeName', 'nfs-storage');
    expect(spec).not.toHaveProperty('selector');
  });

  test('the volume says its class, its mode, its mount and what becomes of it', () => {
    expect(objectOf(chartObjects(), 'PersistentVolume').spec).toMatchObject({
      storageClassName: '',
      volumeMode: 'Filesystem',
      mountOptions: ['hard', 'nfsvers=4.1'],
      persistentVolumeReclaimPolicy: 'Retain',
    });
  });

  test('the namespace is written out, except on the volume', () => {
    for (const { kind, metadata } of chartObjects()) {
      expect([kind, metadata.namespace]).toEqual([
        kind,
        kind === 'PersistentVolume' ? undefined : 'default',
      ]);
    }
  });

  test('Argo CD keeps volume and claim', () => {
    for (const kind of ['PersistentVolume', 'PersistentVolumeClaim']) {
      expect(objectOf(chartObjects(), kind).metadata.annotations).toEqual({
        'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      });
    }
  });

  test('every object is one that the API server takes', () => {
    expect(checkObjects(chartObjects())).toEqual([]);
  });
});

describe('props of the static chart', () => {
  test('change the namespace of all that has one', () => {
    const objects = chartObjects({ namespace: 'shop' });
    expect(
      objects.filter(({ kind }) => kind !== 'PersistentVolume').map((o) => o.metadata.namespace),
    ).toEqual(['shop', 'shop', 'shop', 'shop']);
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty('claimRef.namespace', 'shop');
  });

  test('change the export and keep the rest', () => {
    const objects = chartObjects({ volume: { server: 'nas.example.com', capacity: '1Ti' } });
    expect(objectOf(objects, 'PersistentVolume').spec).toMatchObject({
      capacity: { storage: '1Ti' },
      nfs: { server: 'nas.example.com', path: '/mnt/shared' },
    });
  });

  test('change the app and keep the rest', () => {
    const objects = chartObjects({
      app: { image: 'registry.example.com/my-app:2.0.0', replicas: 3, imagePullSecrets: [] },
    });
    const { spec } = objectOf(objects, 'Deployment');
    expect(spec).toHaveProperty('replicas', 3);
    expect(spec).toHaveProperty(
      'template.spec.containers[0].image',
      'registry.example.com/my-app:2.0.0',
    );
    expect(spec).not.toHaveProperty('template.spec.imagePullSecrets');
    expect(spec).toHaveProperty('selector.matchLabels', { role: 'application' });
  });

  test('change where the files are mounted', () => {
    expect(objectOf(chartObjects({ mountPath: '/srv/files' }), 'Deployment').spec).toHaveProperty(
      'template.spec.containers[0].volumeMounts[0].mountPath',
      '/srv/files',
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
      volume: { server: undefined, labels: undefined },
      app: { port: undefined, image: undefined, spread: undefined },
      mountPath: undefined,
    };
    expect(chartObjects(undefinedProps as unknown as StaticStorageChartProps)).toEqual(
      chartObjects(),
    );
  });

  test('are reachable: volume and app', () => {
    const chart = new StaticStorageChart(new App(), 'static');
    expect(chart.volume.claimName).toBe('nfs-storage-claim');
    expect(chart.app.deployment.name).toBe('application');
  });
});

describe('the static chart fails', () => {
  test.each([
    [
      { vloume: {} },
      'PropUnknown',
      "static: 'vloume' is no prop of StaticStorageChart; did you mean 'volume'?",
    ],
    [null, 'PropType', 'static: the props of StaticStorageChart must be an object, got null'],
    [{ volume: null }, 'PropType', "static: 'volume' must be props of an NfsVolume, got null"],
    [
      { app: 'my-app:1.0.0' },
      'PropType',
      "static: 'app' must be props of a SharedUploadApp without 'uploads', which are the volume, got 'my-app:1.0.0'",
    ],
    [
      { app: { uploads: {} } },
      'PropType',
      `static: 'app' must be props of a SharedUploadApp without 'uploads', which are the volume, got {"uploads":{}}`,
    ],
    [{ mountPath: 5 }, 'PropType', "static: 'mountPath' must be a string that is not empty, got 5"],
    [
      { namespace: 'Shop' },
      'PropType',
      "static: 'namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got 'Shop'",
    ],
    [
      { volume: { sever: 'nas' } },
      'PropUnknown',
      "static/volume: 'sever' is no prop of NfsVolume; did you mean 'server'?",
    ],
    [
      { app: { spraed: 'none' } },
      'PropUnknown',
      "static/app: 'spraed' is no prop of SharedUploadApp; did you mean 'spread'?",
    ],
    [
      { volume: { capacity: '1Gi' } },
      'RequestTooLarge',
      "static/volume: 'request' must be at most 'capacity' (1Gi), got 4Gi; no other volume would be taken either",
    ],
    [
      { volume: { namespace: 'files' } },
      'ClaimNamespace',
      "static/app: claims must be in the app's namespace 'default', got claim 'nfs-storage-claim' in 'files'; pods find claims of their own namespace only",
    ],
    [
      { volume: { accessMode: 'ReadOnlyMany' } },
      'ClaimNotShared',
      "static/app: 'uploads.claim' must be ReadWriteMany and Filesystem, got claim 'nfs-storage-claim' with ReadOnlyMany and Filesystem; replicas on other nodes could not write to it",
    ],
  ])('with %j', (props, code, message) => {
    expect(refused(props)).toMatchObject({ code, message });
  });

  test('twice in one app, since both would make the same volume', () => {
    const app = new App();
    new StaticStorageChart(app, 'one');
    expect(refusal(() => new StaticStorageChart(app, 'two'))).toEqual({
      code: 'Duplicate',
      path: 'two/volume',
      message:
        "two/volume: PersistentVolume 'nfs-storage' is already made by 'one/volume'; give one of them another 'name'",
    });
  });
});
