import type { ClaimEntry } from '../../planner/claim-entry';
import { annotationOf } from '../../planner/metadata';
import { modesOf } from '../../planner/mode-set';
import { objectAt } from '../../planner/plain-object';
import { reasonOfSpacing } from '../../planner/schedule-reasons';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import { nodesFor } from '../pod-places';
import { sharedVolumes } from '../pod-volumes';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';
import { surgePods } from '../surge-pods';

const manifests = (replicas: string) => `
apiVersion: v1
kind: PersistentVolume
metadata: { name: db }
spec:
  accessModes: [ReadWriteOncePod]
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  storageClassName: ""
  claimRef: { namespace: shop, name: db }
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0, fsType: ext4 }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: db, namespace: shop }
spec:
  accessModes: [ReadWriteOncePod]
  storageClassName: ""
  volumeName: db
  resources: { requests: { storage: 10Gi } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: db, namespace: shop }
spec:
  replicas: ${replicas}
  strategy: { type: Recreate }
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: postgres:17.2
          volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: db } }]
`;

export const rwopMultiConsumer: Rule = {
  id: 'rwop-multi-consumer',
  severity: 'error',
  summary: 'more than one pod is to have a claim that one pod alone can have',
  why: `The scheduler keeps a second pod with a ReadWriteOncePod claim Pending for as long as the first
one runs. So a second replica never runs, nor does another workload's pod with that claim; and a
roll-out that wants the new pod ready before the old one goes never ends.`,
  source:
    'Kubernetes, "Persistent Volumes", access modes; pkg/scheduler/framework/plugins/volumerestrictions',
  bad: manifests('2'),
  good: manifests('1'),
  *check(facts) {
    for (const workload of facts.workloads) {
      if (!workload.existing && workload.replicas.most > 0) {
        for (const { claim: key, path } of sharedVolumes(workload, facts)) {
          const claim = key === undefined ? undefined : facts.inventory.claims.get(key);
          if (claim !== undefined && claim.refusal === undefined && isForOnePod(claim)) {
            yield* crowded(workload, claim, facts, path);
          }
        }
      }
    }
  },
};

function refusal({ version }: Facts): string {
  return reasonOfSpacing({ single: true, apart: [], spreads: [] }, version);
}

function* crowded(
  workload: Workload,
  { key }: ClaimEntry,
  facts: Facts,
  path: RuleFinding['path'],
): Iterable<RuleFinding> {
  const { object, kind, replicas } = workload;
  const stays = `stay Pending with '${refusal(facts)}'`;
  if (kind === 'DaemonSet') {
    const nodes = nodesFor(workload, facts)?.nodes.length;
    if (nodes === undefined || nodes > 1) {
      const message = `${titleOf(object)} has a pod on every node for claim ${key}, which is ReadWriteOncePod: all but one ${stays}`;
      yield { object, message, fix: `use a claim with ReadWriteMany`, path };
    }
    return;
  }
  if (replicas.most > 1) {
    const pods = replicas.least < replicas.most ? `up to ${replicas.most}` : `${replicas.most}`;
    const message = `${titleOf(object)} has ${pods} pods for claim ${key}, which is ReadWriteOncePod: all but one ${stays}`;
    const fix = `run one pod, or give each its own claim by volumeClaimTemplates of a StatefulSet`;
    yield { object, message, fix, path };
    return;
  }
  if (surgePods(workload) !== undefined) {
    const message = `${titleOf(object)} rolls out with maxUnavailable 0, and claim ${key} is ReadWriteOncePod: the new pod stays Pending with '${refusal(facts)}', and the old one waits for it`;
    yield { object, message, fix: 'set spec.strategy: { type: Recreate }', path };
    return;
  }
  const first = rivalOf(workload, key, facts);
  if (first !== undefined) {
    const message = `${titleOf(object)} uses claim ${key}, which is ReadWriteOncePod, beside ${titleOf(first.object)}: the pods of one of them ${stays}`;
    yield { object, message, fix: `use another claim, or ReadWriteMany for both`, path };
  }
}

// The workload before this one whose pods have the claim: of those that share it the first is left
// out, so that one too many is told once. Pods that end let go of it, so that two such take turns.
function rivalOf(workload: Workload, claim: string, facts: Facts): Workload | undefined {
  const users = facts
    .usersOf(claim)
    .map((user) => user.workload)
    .filter((each) => each.replicas.most > 0 && !isHook(each));
  const ordered = [
    ...users.filter(({ existing }) => existing),
    ...users.filter(({ existing }) => !existing),
  ];
  const place = ordered.indexOf(workload);
  return place > 0 && ordered.some((each) => !ends(each)) ? ordered[0] : undefined;
}

function ends({ kind, pod }: Workload): boolean {
  const { restartPolicy } = pod;
  return kind.endsWith('Job') || restartPolicy === 'Never' || restartPolicy === 'OnFailure';
}

// Helm and Argo CD run these before or after the rest.
function isHook({ object }: Workload): boolean {
  const metadata = objectAt(object, 'metadata');
  return HOOKS.some((each) => annotationOf(metadata, each) !== undefined);
}

const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'] as const;

function isForOnePod({ modes }: ClaimEntry): boolean {
  return modesOf(modes).includes('ReadWriteOncePod');
}
