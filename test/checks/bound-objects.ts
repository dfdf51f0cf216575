import { claimRef, pv, pvc } from '../planner/objects';

/** A StatefulSet in namespace shop, with a claim of 1Gi of class `manual` for each pod. */
export function statefulSet(name: string, replicas: number, claim: object = {}): unknown {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: 'apache/kafka:3.9.1' }] },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'manual',
            resources: { requests: { storage: '1Gi' } },
            ...claim,
          },
        },
      ],
    },
  };
}

/** Volume `disk` and claim `shop/data` of that uid as a dump has them, bound to each other. */
export function boundPair(uid: string): readonly unknown[] {
  return [
    pv('disk', {
      metadata: { uid: 'v' },
      claimRef: claimRef('data', uid),
      status: { phase: 'Bound' },
    }),
    pvc('data', { metadata: { uid }, volumeName: 'disk', status: { phase: 'Bound' } }),
  ];
}
