import { isPlainObject, nameAt, objectAt, type PlainObject } from '../planner/plain-object';
import type { KubernetesVersion } from '../planner/plan';
import { migratedDriver } from '../planner/provisioning';

/** What is behind a volume: the disk, export or folder. */
export interface VolumeSource {
  /** The field that names it, such as `nfs`, `csi` or `awsElasticBlockStore`. */
  readonly plugin: string;

  /** The CSI driver that serves it, also where an in-tree source is handed to one. */
  readonly driver?: string;

  /** What the driver calls it, such as `vol-0123456789abcdef0`; undefined where that is no name. */
  readonly handle?: string;

  /** The field's value. */
  readonly fields: PlainObject;
}

/** In-tree sources that are handed to a CSI driver: their provisioner, and the field of their name. */
const IN_TREE: Readonly<Record<string, readonly [provisioner: string, handle: string]>> = {
  awsElasticBlockStore: ['kubernetes.io/aws-ebs', 'volumeID'],
  azureDisk: ['kubernetes.io/azure-disk', 'diskURI'],
  azureFile: ['kubernetes.io/azure-file', 'shareName'],
  cinder: ['kubernetes.io/cinder', 'volumeID'],
  gcePersistentDisk: ['kubernetes.io/gce-pd', 'pdName'],
  portworxVolume: ['kubernetes.io/portworx-volume', 'volumeID'],
  vsphereVolume: ['kubernetes.io/vsphere-volume', 'volumePath'],
};

/** Fields of a pod's volume or a volume's spec that are known to be a source. */
const PLUGINS: readonly string[] = [
  // The most common ones first: volumes come by the hundred thousand.
  ...['csi', 'nfs', 'hostPath', 'local'],
  ...Object.keys(IN_TREE),
  'cephfs',
  'fc',
  'flexVolume',
  'flocker',
  'glusterfs',
  'iscsi',
  'photonPersistentDisk',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
];

/** What is behind a volume's spec, or behind an inline volume of a pod. */
export function sourceOf(spec: PlainObject, version: KubernetesVersion): VolumeSource | undefined {
  const plugin = PLUGINS.find((each) => isPlainObject(spec[each]));
  if (plugin === undefined) {
    return undefined;
  }
  const fields = objectAt(spec, plugin);
  if (plugin === 'csi') {
    const handle = nameAt(fields, 'volumeHandle');
    return { plugin, fields, driver: nameAt(fields, 'driver'), handle };
  }
  const [provisioner, name] = (Object.hasOwn(IN_TREE, plugin) && IN_TREE[plugin]) || [];
  if (provisioner === undefined || name === undefined) {
    return { plugin, fields };
  }
  const driver = migratedDriver(provisioner, version);
  return { plugin, fields, driver, handle: nameAt(fields, name) };
}
