import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import { type PodVolume, sharedVolumes } from '../pod-volumes';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

export const podClaimMissing: Rule = {
  id: 'pod-claim-missing',
  severity: 'error',
  closed: true,
  summary: 'pods use a claim that is not in their namespace',
  why: `A pod finds claims in its own namespace only, and stays Pending until there is one of that name.
A claim of another namespace does not serve it, and that is an error at once. A claim that is in no
manifest may be in the cluster, so that it is one only where the whole cluster is known.`,
  source:
    'Kubernetes, "Persistent Volumes", claims as volumes; pkg/scheduler/framework/plugins/volumebinding',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: registry.example.com/shop:1.4.2
      volumeMounts: [{ name: uploads, mountPath: /data }]
  volumes: [{ name: uploads, persistentVolumeClaim: { claimName: uploads } }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  containers:
    - name: web
      image: registry.example.com/shop:1.4.2
      volumeMounts: [{ name: uploads, mountPath: /data }]
  volumes: [{ name: uploads, persistentVolumeClaim: { claimName: uploads } }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: uploads, namespace: shop }
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  volumeName: uploads
  resources: { requests: { storage: 4Gi } }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: uploads }
spec:
  accessModes: [ReadWriteMany]
  storageClassName: ""
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  claimRef: { namespace: shop, name: uploads }
  mountOptions: [hard, nfsvers=4.1]
  nfs: { server: 10.0.0.10, path: /exports/uploads }
`,
  *check(facts) {
    let elsewhere: ReadonlyMap<string, string> | undefined;
    for (const workload of facts.workloads) {
      const missing = workload.existing
        ? []
        : sharedVolumes(workload, facts).filter(
            ({ claim }) => claim !== undefined && !facts.inventory.claims.has(claim),
          );
      if (missing.length > 0) {
        elsewhere ??= namespacesByName(facts);
        yield tell(workload, missing, elsewhere);
      }
    }
  },
};

// One finding on each workload: of several claims the one that is told at once comes first.
function tell(
  { object, namespace }: Workload,
  missing: readonly PodVolume[],
  elsewhere: ReadonlyMap<string, string>,
): RuleFinding {
  const misplaced = missing.find((volume) => elsewhere.has(nameOf(volume)));
  const first = misplaced ?? missing[0];
  const name = first === undefined ? '' : nameOf(first);
  const there = elsewhere.get(name);
  const others = [...new Set(missing.map(nameOf))].filter((each) => each !== name);
  const more = others.length === 0 ? '' : `, and neither has it ${others.join(', ')}`;
  const place = there === undefined ? '' : `, but namespace ${there} has`;
  return {
    object,
    closed: there === undefined,
    message: `${titleOf(object)} uses claim ${name}, which namespace ${namespace} does not have${place}${more}: its pods stay Pending with 'persistentvolumeclaim "${name}" not found'`,
    fix:
      there === undefined
        ? `make PersistentVolumeClaim ${namespace}/${name}`
        : `set metadata.namespace: ${namespace} on the claim, or ${there} on the workload`,
    path: [...(first?.path ?? []), 'persistentVolumeClaim', 'claimName'],
  };
}

function nameOf({ claim = '' }: PodVolume): string {
  return claim.slice(claim.indexOf('/') + 1);
}

function namespacesByName({ inventory }: Facts): ReadonlyMap<string, string> {
  const namespaces = new Map<string, string>();
  for (const key of inventory.claims.keys()) {
    const slash = key.indexOf('/');
    const name = key.slice(slash + 1);
    if (!namespaces.has(name)) {
      namespaces.set(name, key.slice(0, slash));
    }
  }
  return namespaces;
}
