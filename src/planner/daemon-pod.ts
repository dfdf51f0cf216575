import { listAt, type PlainObject } from './plain-object';

/**
 * Taints that every pod of a DaemonSet tolerates.
 *
 * Source: Kubernetes, pkg/controller/daemon/util, AddOrUpdateDaemonPodTolerations.
 */
const TOLERATED = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
];

/** And where it is on the node's network. */
const TOLERATED_ON_HOST = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
};

/** The spec of a DaemonSet's pod as its controller makes it of the template's. */
export function daemonPod(pod: PlainObject): PlainObject {
  return {
    ...pod,
    tolerations: [
      ...listAt(pod, 'tolerations'),
      ...TOLERATED,
      ...(pod.hostNetwork === true ? [TOLERATED_ON_HOST] : []),
    ],
  };
}
