import { planStorage } from '../../src/checks/plan-storage';
import type { KubernetesVersion } from '../../src/planner/plan';
import {
  apart,
  claim,
  deployment,
  inZone,
  node,
  using,
  volume,
  waitingClass,
} from './workload-cluster';

/** Why the only workload does not run, in the words of a version. */
function told(kubernetes: KubernetesVersion, ...objects: readonly unknown[]): string | undefined {
  return planStorage(objects, { kubernetes }).workloads[0]?.message;
}

const web = deployment(1, using('data'));
const stored = (spec: object, labels: object = {}) => {
  const uploads = volume('v0', '', { ...spec });
  return [{ ...uploads, metadata: { ...uploads.metadata, labels } }, claim('data', '')];
};

describe('the scheduler tells in the words of the version asked for', () => {
  test.each<[KubernetesVersion, string]>([
    ['1.28', 'node(s) had volume node affinity conflict'],
    ['1.32', 'node(s) had volume node affinity conflict'],
    ['1.33', "node(s) didn't match PersistentVolume's node affinity"],
    ['1.36', "node(s) didn't match PersistentVolume's node affinity"],
  ])('%s: of a volume that the node cannot use: %s', (version, reason) => {
    const message = `0/1 nodes are available: 1 ${reason}.`;
    expect(told(version, node('n0'), ...stored(inZone('c')), web)).toBe(message);
  });

  test.each<[KubernetesVersion, string]>([
    ['1.28', '1 node(s) had untolerated taint {cpu: }, 1 node(s) had untolerated taint {gpu: yes}'],
    ['1.33', '1 node(s) had untolerated taint {cpu: }, 1 node(s) had untolerated taint {gpu: yes}'],
    ['1.34', '2 node(s) had untolerated taint(s)'],
    ['1.36', '2 node(s) had untolerated taint(s)'],
  ])('%s: of taints: %s', (version, reasons) => {
    const gpu = node('n0', 'a', { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] });
    const cpu = node('n1', 'a', { taints: [{ key: 'cpu', effect: 'NoExecute' }] });
    expect(told(version, gpu, cpu, deployment(1, {}))).toBe(`0/2 nodes are available: ${reasons}.`);
  });

  test.each<[KubernetesVersion, string]>([
    [
      '1.33',
      'node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode',
    ],
    [
      '1.34',
      'node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod',
    ],
  ])('%s: of a claim for one pod: %s', (version, reason) => {
    const accessModes = ['ReadWriteOncePod'];
    const objects = [volume('v0', '', { accessModes }), claim('data', '', { accessModes })];
    expect(told(version, node('n0'), ...objects, deployment(2, using('data')))).toBe(
      `0/1 nodes are available: 1 ${reason}.`,
    );
  });
});

describe('the scheduler tells for each node', () => {
  test('of zone labels after node affinity', () => {
    const nodes = [node('n0', 'a'), node('n1', 'b'), node('n2', 'c')];
    const labels = { 'topology.kubernetes.io/zone': 'a' };
    expect(told('1.34', ...nodes, ...stored(inZone('b'), labels), web)).toBe(
      "0/3 nodes are available: 1 node(s) had no available volume zone, 2 node(s) didn't match PersistentVolume's node affinity.",
    );
  });

  test('of other pods where its volumes may be used', () => {
    const nodes = [node('n0', 'a'), node('n1', 'a'), node('n2', 'c')];
    const two = deployment(3, { ...using('data'), ...apart() });
    expect(told('1.34', ...nodes, ...stored(inZone('a')), two)).toBe(
      "0/3 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, 2 node(s) didn't match pod anti-affinity rules.",
    );
  });
});

test('a claim that is being deleted is told so', () => {
  const [uploads, data] = stored({});
  const metadata = { ...data?.metadata, uid: 'u', deletionTimestamp: '2026-01-01T00:00:00Z' };
  expect(told('1.34', node('n0'), uploads, { ...data, metadata }, web)).toBe(
    '0/1 nodes are available: persistentvolumeclaim "data" is being deleted.',
  );
});

test('the controller tells of claims in the same words in every version', () => {
  const external = { ...waitingClass('ebs.csi.aws.com'), volumeBindingMode: 'Immediate' };
  const messages = (['1.28', '1.36'] as const).map(
    (kubernetes) =>
      planStorage([external, claim('data', 'wait')], { kubernetes, existing: [] }).claims[0]
        ?.message,
  );
  const text =
    "Waiting for a volume to be created either by the external provisioner 'ebs.csi.aws.com' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.";
  expect(messages).toEqual([text, text]);
});
