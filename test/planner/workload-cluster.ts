import { planStorage } from '../../src/checks/plan-storage';
import type { WorkloadVerdict } from '../../src/planner/plan';

/** An object as a manifest has it. */
export type TestObject = Readonly<Record<string, unknown>>;

/** What the planner says of the workloads among the objects. */
export function judge(
  objects: readonly unknown[],
  existing?: readonly unknown[],
): readonly WorkloadVerdict[] {
  return planStorage(objects, existing === undefined ? {} : { existing }).workloads;
}

const HOST = 'kubernetes.io/hostname';
const ZONE = 'topology.kubernetes.io/zone';

/** A node in a zone. */
export function node(name: string, zone = 'a', spec: TestObject = {}, labels: TestObject = {}) {
  const own = { [HOST]: name, [ZONE]: zone, ...labels };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: own }, spec };
}

/** A volume on an NFS export. */
export function volume(name: string, storageClassName: string, spec: TestObject = {}) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteOnce', 'ReadWriteMany'],
      nfs: { server: '172.26.1.10', path: `/${name}` },
      storageClassName,
      ...spec,
    },
  };
}

/** The node affinity of a volume that some nodes can use. */
export function onlyOn(values: readonly string[], key = HOST): TestObject {
  const matchExpressions = [{ key, operator: 'In', values }];
  return { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions }] } } };
}

/** The node affinity of a volume of one zone. */
export function inZone(zone: string): TestObject {
  return onlyOn([zone], ZONE);
}

/** A claim in the namespace `shop`. */
export function claim(name: string, storageClassName: string, spec: TestObject = {}) {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'shop' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName,
      resources: { requests: { storage: '1Gi' } },
      ...spec,
    },
  };
}

/** A class whose claims wait for a pod; without a provisioner unless one is given. */
export function waitingClass(provisioner = 'kubernetes.io/no-provisioner', rest: TestObject = {}) {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'wait' },
    provisioner,
    volumeBindingMode: 'WaitForFirstConsumer',
    ...rest,
  };
}

/** A pod's volumes, one of each claim. */
export function using(...claims: string[]): TestObject {
  return {
    volumes: claims.map((claimName) => ({
      name: claimName,
      persistentVolumeClaim: { claimName },
    })),
  };
}

/** The required anti-affinity of pods labelled `app: web` to each other. */
export function apart(term: TestObject = {}): TestObject {
  return affinity('podAntiAffinity', term);
}

/** The required affinity of pods labelled `app: web` to each other. */
export function together(term: TestObject = {}): TestObject {
  return affinity('podAffinity', term);
}

function affinity(kind: string, term: TestObject): TestObject {
  const whole = { labelSelector: { matchLabels: { app: 'web' } }, topologyKey: HOST, ...term };
  return { affinity: { [kind]: { requiredDuringSchedulingIgnoredDuringExecution: [whole] } } };
}

/** A workload of pods labelled `app: web` in the namespace `shop`. */
export function workload(kind: string, pod: TestObject, spec: TestObject = {}, name = 'web') {
  const group = kind.endsWith('Job') ? 'batch' : 'apps';
  return {
    apiVersion: `${group}/v1`,
    kind,
    metadata: { name, namespace: 'shop' },
    spec: { template: { metadata: { labels: { app: name } }, spec: pod }, ...spec },
  };
}

/** A Deployment of pods labelled `app: web` in the namespace `shop`. */
export function deployment(replicas: number, pod: TestObject, strategy?: TestObject) {
  return workload('Deployment', pod, { replicas, ...(strategy ? { strategy } : {}) });
}

/** A rolling update that may have so many pods too many, and so many missing. */
export function rolling(maxSurge: number | string, maxUnavailable: number | string): TestObject {
  return { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
}

/** The answers of the only workload: runs, then rollsOut. */
export function answers(...objects: readonly unknown[]): string {
  const [verdict] = judge(objects);
  return `${verdict?.runs}/${verdict?.rollsOut}`;
}

/** Why the only workload does not run, or does not roll out. */
export function reason(...objects: readonly unknown[]): string | undefined {
  return judge(objects)[0]?.message;
}
