import type { ClaimEntry } from '../../planner/claim-entry';
import { classNameOf } from '../../planner/metadata';
import { modesOf, readModes } from '../../planner/mode-set';
import { listAt, objectAt, type PlainObject } from '../../planner/plain-object';
import { AmountReader } from '../../planner/read-amount';
import type { Workload } from '../../planner/workload';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

const manifests = (request: string) => `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data-db-0, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: disks
  resources: { requests: { storage: ${request} } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 2
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec:
      containers:
        - name: db
          image: postgres:17.2
          volumeMounts: [{ name: data, mountPath: /var/lib/postgresql/data }]
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
`;

export const stsAdoptsClaim: Rule = {
  id: 'sts-adopts-claim',
  severity: 'warning',
  summary: 'a claim has the name that a StatefulSet gives, and is not like the template',
  why: `The claim of a pod of a StatefulSet is called \`<template>-<set>-<ordinal>\`. Where there is one of
that name the set uses it as it is, whatever its size, class and modes: that pod then runs on other
storage than the rest, and nothing says so. A claim that is like the template, with a \`volumeName\` of
its own, is a way to give a pod a volume that exists. A claim that has grown since is no mistake either.`,
  source:
    'Kubernetes, pkg/controller/statefulset, stateful_pod_control.go, createPersistentVolumeClaims',
  bad: manifests('1Gi'),
  good: manifests('10Gi'),
  *check(facts) {
    for (const workload of facts.workloads) {
      const { kind, replicas, spec } = workload;
      if (kind !== 'StatefulSet' || listAt(spec, 'volumeClaimTemplates').length === 0) {
        continue;
      }
      const own = listAt(spec, 'volumeClaimTemplates');
      const { templates, ownOf } = facts.claimsOf(workload);
      for (let position = 0; position < replicas.most; position += 1) {
        for (const [index, key] of ownOf(position).entries()) {
          const claim = facts.inventory.claims.get(key);
          const template = templates[index];
          // The claim of an ephemeral volume is not taken from anyone.
          const isTaken = template !== undefined && own.includes(template);
          if (isTaken && claim !== undefined && claim.madeBy === undefined) {
            yield* compared(claim, template, workload, facts);
          }
        }
      }
    }
  },
};

function* compared(
  claim: ClaimEntry,
  template: PlainObject,
  { object, existing }: Workload,
  facts: Facts,
): Iterable<RuleFinding> {
  const [first, ...others] =
    claim.refusal === undefined && !claim.deleting ? differences(claim, template, facts) : [];
  if (first !== undefined) {
    const told = [first, ...others].map(({ text }) => text).join(', ');
    yield {
      object: claim.existing && !existing ? object : claim.object,
      message: `PersistentVolumeClaim ${claim.key} is taken by ${titleOf(object)} as it is, and not like its template: ${told}`,
      fix: 'give the claim what the template says, or a name that the set does not use',
      path: claim.existing ? undefined : first.path,
    };
  }
}

interface Difference {
  readonly text: string;
  readonly path: readonly string[];
}

function differences(
  claim: ClaimEntry,
  template: PlainObject,
  facts: Facts,
): readonly Difference[] {
  const spec = objectAt(template, 'spec');
  const found: Difference[] = [];
  const differs = (what: string, is: unknown, asked: unknown, ...path: string[]) => {
    found.push({
      text: `${what} ${String(is)}, where that has ${String(asked)}`,
      path: ['spec', ...path],
    });
  };
  const isLive = claim.existing || claim.uid !== undefined;
  const size = objectAt(objectAt(spec, 'resources'), 'requests').storage;
  const request = new AmountReader().read(size)?.nanos;
  const { nanos } = claim.request;
  if (request !== undefined && (isLive ? nanos < request : nanos !== request)) {
    differs('storage', claim.size, size, 'resources', 'requests', 'storage');
  }
  const modes = readModes(spec.accessModes);
  if (modes !== undefined && claim.modes !== modes) {
    differs('modes', modesOf(claim.modes).join('+'), modesOf(modes).join('+'), 'accessModes');
  }
  const mode = spec.volumeMode ?? 'Filesystem';
  if (claim.volumeMode !== mode) {
    differs('volumeMode', claim.volumeMode, mode, 'volumeMode');
  }
  const asked = classNameOf(objectAt(template, 'metadata'), spec);
  const [is, wanted] = [claim.className, asked].map((name) => classOf(name, facts));
  // A live claim has been given the default class, which may be another one by now.
  if (is !== wanted && !(isLive && asked === undefined)) {
    differs('class', shown(is), shown(wanted), 'storageClassName');
  }
  return found;
}

function classOf(name: string | undefined, { context }: Facts): string | undefined {
  const [known, ...others] = context.defaultClasses ?? [];
  return name ?? (others.length === 0 ? known : undefined);
}

function shown(className: string | undefined): string {
  return className === undefined ? 'none, for the default class' : `"${className}"`;
}
