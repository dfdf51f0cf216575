import { removedVersion } from '../api/removed-versions';
import type { Rule } from '../rule';
import { titleOf } from '../run-rules';

export const apiRemoved: Rule = {
  id: 'api-removed',
  severity: 'error',
  summary: 'the API version of the object is gone in this version of Kubernetes',
  why: `An API version that is no longer served is refused before anything else is looked at:
\`kubectl apply\` says that there is no such kind. The plan reads such an object as its successor,
with the successor's defaults, so that the rest of it can be judged.`,
  source: 'Kubernetes, "Deprecated API Migration Guide"',
  bad: `
apiVersion: storage.k8s.io/v1beta1
kind: StorageClass
metadata:
  name: slow
provisioner: nfs.csi.k8s.io
parameters: { server: nfs.example.com, share: /exports }
`,
  good: `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: slow
provisioner: nfs.csi.k8s.io
parameters: { server: nfs.example.com, share: /exports }
`,
  *check({ inventory, version }) {
    for (const object of inventory.planned) {
      const removed = removedVersion(object, version);
      if (removed === undefined) {
        continue;
      }
      const { since, by = `Kubernetes ${since}`, successor, also } = removed;
      const { apiVersion, kind } = object;
      yield {
        object,
        message: `${titleOf(object)} is of ${apiVersion}, which is not served since ${by}: no matches for kind "${kind}" in version "${apiVersion}"`,
        fix: [successor === undefined ? 'leave it away' : `set apiVersion: ${successor}`, also]
          .filter((part) => part !== undefined)
          .join(', and '),
        path: ['apiVersion'],
      };
    }
  },
};
