import type { NodeEntry } from './inventory';
import type { Reach } from './volume-reach';

/** Drivers whose volumes every node can use. */
const SHARED: ReadonlySet<string> = new Set([
  'cephfs.csi.ceph.com',
  'cluster.local/nfs-subdir-external-provisioner',
  'efs.csi.aws.com',
  'file.csi.azure.com',
  'k8s-sigs.io/nfs-subdir-external-provisioner',
  'kubernetes.io/azure-file',
  'nfs.csi.k8s.io',
]);

/** Drivers whose volumes stay on the node for which they are made. */
const NODE_LOCAL: ReadonlySet<string> = new Set([
  'rancher.io/local-path',
  'microk8s.io/hostpath',
  'openebs.io/local',
]);

/** Drivers whose volumes stay in the zone for which they are made. */
const ZONAL: ReadonlySet<string> = new Set([
  'disk.csi.azure.com',
  'ebs.csi.aws.com',
  'kubernetes.io/aws-ebs',
  'kubernetes.io/azure-disk',
  'kubernetes.io/gce-pd',
]);

const ZONE_KEYS = [
  'topology.kubernetes.io/zone',
  'topology.ebs.csi.aws.com/zone',
  'failure-domain.beta.kubernetes.io/zone',
];

/** Where a volume that is made for the node can be used; undefined where the driver is not known. */
export function reachOfNewVolume(provisioner: string, node: NodeEntry): Reach | undefined {
  if (SHARED.has(provisioner)) {
    return { id: 'anywhere' };
  }
  if (NODE_LOCAL.has(provisioner)) {
    return { id: `node ${node.name}`, affinity: new Set([node]) };
  }
  const key = ZONE_KEYS.find((each) => Object.hasOwn(node.labels, each));
  return ZONAL.has(provisioner) && key !== undefined
    ? { id: `zone ${node.labels[key]}`, label: { key, value: node.labels[key] ?? '' } }
    : undefined;
}
