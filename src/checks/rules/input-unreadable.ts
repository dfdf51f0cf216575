import type { Rule } from '../rule';

export const inputUnreadable: Rule = {
  id: 'input-unreadable',
  severity: 'error',
  summary: 'what stands there cannot be read as a Kubernetes object, and is left out of the plan',
  why: `A plan is about all objects that are applied together. A volume that could not be read is
missing from it, and a claim that would bind to it is then said to wait.`,
  source:
    'Kubernetes, "Objects In Kubernetes": apiVersion, kind and metadata.name are required fields',
  bad: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  resources: { requests: { storage: 1Gi } }
`,
  good: `
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  resources: { requests: { storage: 1Gi } }
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: ""
  capacity: { storage: 1Gi }
  persistentVolumeReclaimPolicy: Retain
  nfs: { server: 10.0.0.10, path: /exports/uploads }
`,
  *check({ inventory }) {
    for (const { object, message, fix } of inventory.problems) {
      yield { object, message, fix: fix ?? 'write the object out, or leave it away' };
    }
  },
};
