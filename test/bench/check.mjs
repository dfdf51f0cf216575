// Reading, planning and telling 10,000 documents against js-yaml's `loadAll` of them alone.
import { createRequire } from 'node:module';
import { loadAll } from 'js-yaml';

const require = createRequire(import.meta.url);
const { planManifests } = require('../../lib/src/checks/plan-manifests.js');
const { readManifests } = require('../../lib/src/manifests/read-manifests.js');
const { textReport } = require('../../lib/src/reports/text.js');

/** Four documents of an app: a volume, its claim, and a Deployment and a Service that use it. */
function app(index) {
  const namespace = `team-${index % 50}`;
  return `apiVersion: v1
kind: PersistentVolume
metadata:
  name: ${namespace}-uploads-${index}
  labels:
    app.kubernetes.io/name: uploads-${index}
spec:
  accessModes:
    - ReadWriteMany
  capacity:
    storage: 10Gi
  claimRef:
    apiVersion: v1
    kind: PersistentVolumeClaim
    name: uploads-${index}
    namespace: ${namespace}
  mountOptions:
    - hard
    - nfsvers=4.1
  nfs:
    path: /exports/${index}
    server: 10.0.0.10
  persistentVolumeReclaimPolicy: ${index % 100 === 0 ? 'Delete' : 'Retain'}
  storageClassName: ""
  volumeMode: Filesystem
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads-${index}
  namespace: ${namespace}
spec:
  accessModes:
    - ReadWriteMany
  resources:
    requests:
      storage: 4Gi
  storageClassName: ""
  volumeMode: Filesystem
  volumeName: ${namespace}-uploads-${index}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web-${index}
  namespace: ${namespace}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: web-${index}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: web-${index}
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.4.2
          ports:
            - containerPort: 8080
          volumeMounts:
            - name: uploads
              mountPath: /data
      volumes:
        - name: uploads
          persistentVolumeClaim:
            claimName: uploads-${index}
---
apiVersion: v1
kind: Service
metadata:
  name: web-${index}
  namespace: ${namespace}
spec:
  ports:
    - port: 80
      targetPort: 8080
  selector:
    app.kubernetes.io/name: web-${index}
`;
}

const DOCUMENTS_OF_APP = 4;

/** A hundredth of the volumes has a finding. */
export const check = {
  file: import.meta.url,
  name: 'check of documents',
  bound: 1.6,
  ours(count) {
    const manifests = readManifests([{ file: 'all.yaml', text: textOf(count) }]);
    return textReport({ plan: planManifests(manifests, {}), version: '0.0.0', colour: false });
  },
  plain(count) {
    return loadAll(textOf(count));
  },
};

const texts = new Map();

function textOf(count) {
  const known = texts.get(count);
  if (known !== undefined) {
    return known;
  }
  const apps = Array.from({ length: count / DOCUMENTS_OF_APP }, (_, index) => app(index));
  const text = apps.join('---\n');
  texts.set(count, text);
  return text;
}
