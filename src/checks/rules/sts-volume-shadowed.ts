import { isPlainObject, listAt, nameAt, objectAt } from '../../planner/plain-object';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

export const stsVolumeShadowed: Rule = {
  id: 'sts-volume-shadowed',
  severity: 'warning',
  summary: 'a claim template replaces a pod volume of its name',
  why: `A StatefulSet puts a volume into each pod for each of its claim templates, and drops the pod's own
volume of that name without a word. What the volume was to hold is then not there: the mounts of that
name show the pod's own claim.`,
  source: 'Kubernetes, pkg/controller/statefulset, stateful_set_utils.go, updateStorage',
  bad: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 1
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: postgres:17.2
          volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]
      volumes: [{ name: data, emptyDir: {} }]
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: disks
        resources: { requests: { storage: 10Gi } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: disks }
provisioner: ebs.csi.aws.com
parameters: { type: gp3 }
volumeBindingMode: WaitForFirstConsumer
`,
  good: `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 1
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: postgres:17.2
          volumeMounts:
            - { name: data, mountPath: /var/lib/postgresql/data }
            - { name: scratch, mountPath: /tmp }
      volumes: [{ name: scratch, emptyDir: {} }]
  volumeClaimTemplates:
    - apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: { name: data }
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: disks
        resources: { requests: { storage: 10Gi } }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: disks }
provisioner: ebs.csi.aws.com
parameters: { type: gp3 }
volumeBindingMode: WaitForFirstConsumer
`,
  *check(facts) {
    for (const workload of facts.workloads) {
      const { object, kind, pod, spec, existing } = workload;
      if (kind !== 'StatefulSet' || existing) {
        continue;
      }
      const templates = new Set(
        listAt(spec, 'volumeClaimTemplates')
          .filter(isPlainObject)
          .map((template) => nameAt(objectAt(template, 'metadata'), 'name')),
      );
      for (const [index, volume] of listAt(pod, 'volumes').entries()) {
        const name = isPlainObject(volume) ? nameAt(volume, 'name') : undefined;
        if (isPlainObject(volume) && name !== undefined && templates.has(name)) {
          const source = Object.keys(volume).find((key) => key !== 'name');
          yield {
            object,
            message: `volume ${name}${source === undefined ? '' : ` (${source})`} of the pods of ${titleOf(object)} is replaced by the claim of the template ${name}: the pods never have it`,
            fix: `drop the volume, or give it a name that no template has`,
            path: ['spec', 'template', 'spec', 'volumes', index],
          };
        }
      }
    }
  },
};
