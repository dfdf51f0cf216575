import type { ClaimEntry } from '../../planner/claim-entry';
import { annotationOf, CLASS_ANNOTATION } from '../../planner/metadata';
import { objectAt } from '../../planner/plain-object';
import type { VolumeEntry } from '../../planner/volume-entry';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (annotations: string, className: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: data
  namespace: shop${annotations}
spec:
  accessModes: [ReadWriteMany]${className}
  resources: { requests: { storage: 1Gi } }
---
apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  accessModes: [ReadWriteMany]
  storageClassName: slow
  capacity: { storage: 1Gi }
  nfs: { server: 10.0.0.10, path: /exports/data }
`;

export const legacyClassAnnotation: Rule = {
  id: 'legacy-class-annotation',
  severity: 'warning',
  summary: 'the class is named by an annotation that is deprecated, and wins over the field',
  why: `Before Kubernetes 1.6 a claim named its class by an annotation. It is still honoured, and it
wins: with another class in \`storageClassName\` the claim is one of the annotation's class, which
nobody sees who reads the spec.`,
  source: 'Kubernetes, pkg/apis/core/v1/helper, GetPersistentVolumeClaimClass',
  bad: manifests('\n  annotations:\n    volume.beta.kubernetes.io/storage-class: slow', ''),
  good: manifests('', '\n  storageClassName: slow'),
  *check({ inventory }) {
    for (const claim of inventory.claims.values()) {
      yield* annotated(claim);
    }
    for (const volume of inventory.volumes.values()) {
      yield* annotated(volume);
    }
  },
};

function* annotated({ object, manifest }: ClaimEntry | VolumeEntry): Iterable<RuleFinding> {
  const annotated = annotationOf(objectAt(manifest, 'metadata'), CLASS_ANNOTATION);
  if (annotated === undefined) {
    return;
  }
  const field = objectAt(manifest, 'spec').storageClassName;
  const beside =
    typeof field === 'string' && field !== annotated
      ? `, although 'storageClassName' says "${field}"`
      : '';
  yield {
    object,
    message: `${titleOf(manifest)} is of class "${annotated}" by the annotation '${CLASS_ANNOTATION}'${beside}`,
    fix: `set storageClassName: "${annotated}" and drop the annotation`,
    path: ['metadata', 'annotations', CLASS_ANNOTATION],
  };
}
