import { annotationOf } from '../../planner/metadata';
import { objectAt, type PlainObject } from '../../planner/plain-object';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

const WAVE = 'argocd.argoproj.io/sync-wave';
const HOOK = 'argocd.argoproj.io/hook';

const manifests = (annotations: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local-path
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: scratch
  namespace: shop${annotations}
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: local-path
  resources: { requests: { storage: 1Gi } }
---
apiVersion: v1
kind: Pod
metadata:
  name: writer
  namespace: shop
spec:
  containers:
    - name: writer
      image: registry.example.com/writer:1.0.0
      volumeMounts:
        - { name: scratch, mountPath: /data }
  volumes:
    - name: scratch
      persistentVolumeClaim: { claimName: scratch }
`;

export const argocdWaveWffcDeadlock: Rule = {
  id: 'argocd-wave-wffc-deadlock',
  severity: 'error',
  summary: 'the claim is in an earlier wave of Argo CD than the pod that it waits for',
  why: `Argo CD applies a wave when everything of the one before is healthy, and a Pending claim is not:
it counts as Progressing. A claim of a class that waits for its first consumer is Pending until a pod
uses it. With the pod in a later wave, or in a PostSync hook, each waits for the other.`,
  source: 'Argo CD, "Sync Phases and Waves"; argo-cd#12840',
  bad: manifests('\n  annotations:\n    argocd.argoproj.io/sync-wave: "-1"'),
  good: manifests(''),
  *check(facts) {
    for (const { claim } of facts.bindings.claims.values()) {
      // Bound without a pod, already or by a volume that is reserved for it.
      if (
        claim.madeBy !== undefined ||
        !facts.classOf(claim)?.waits ||
        facts.bindingOf(claim)?.outcomes[0] === 'bound'
      ) {
        continue;
      }
      const own = turnOf(claim.manifest);
      const users = facts.usersOf(claim.key).map(({ workload }) => workload);
      const turns = users.map(({ object }) => turnOf(object));
      const [user] = users;
      const [turn] = turns;
      if (user === undefined || turn === undefined || turns.some((each) => !isLater(each, own))) {
        continue;
      }
      yield {
        object: claim.object,
        message: `${titleOf(claim.manifest)} is in ${told(own)} and stays Pending until its pod is there, but ${titleOf(user.object)} comes in ${told(turn)}, once the claim is healthy`,
        fix: `leave the waves away, or put the claim into ${told(turn)} too`,
        path: ['metadata', 'annotations', WAVE],
      };
    }
  },
};

/** When Argo CD applies an object. */
interface Turn {
  readonly phase: string;
  readonly wave: number;
}

const PHASES = ['PreSync', 'Sync', 'PostSync'];

function turnOf(object: PlainObject): Turn {
  const metadata = objectAt(object, 'metadata');
  const hook = annotationOf(metadata, HOOK) ?? '';
  return {
    phase: PHASES.find((phase) => hook.split(',').some((each) => each.trim() === phase)) ?? 'Sync',
    wave: Number.parseInt(annotationOf(metadata, WAVE) ?? '0', 10) || 0,
  };
}

function isLater(one: Turn, other: Turn): boolean {
  const [phase, before] = [PHASES.indexOf(one.phase), PHASES.indexOf(other.phase)];
  return phase === before ? one.wave > other.wave : phase > before;
}

function told({ phase, wave }: Turn): string {
  return phase === 'Sync' ? `wave ${wave}` : `the ${phase} phase`;
}
