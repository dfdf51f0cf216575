import { checkClaim } from '../../planner/api/claim';
import { ApiProblems } from '../../planner/api/problems';
import { checkVolume } from '../../planner/api/volume';
import { isLive } from '../../planner/metadata';
import { objectAt, type PlainObject } from '../../planner/plain-object';
import { NO_AMOUNT } from '../../planner/read-amount';
import { checkKind } from '../api/kinds';
import { removedVersion } from '../api/removed-versions';
import { checkShape } from '../api/shape';
import { CLAIM_SHAPE, CLASS_SHAPE, VOLUME_SHAPE } from '../api/shapes';
import { checkStorageClass } from '../api/storage-class';
import { checkUpdate } from '../api/update';
import { checkWorkload, checkWorkloadShape } from '../api/workload';
import type { Facts } from '../facts';
import type { Rule, RuleFinding } from '../rule';
import { titleOf } from '../run-rules';

export const apiInvalid: Rule = {
  id: 'api-invalid',
  severity: 'error',
  summary: 'the API server refuses the object',
  why: `The API server looks at each object before it stores it, and takes none that breaks its rules:
a volume without a source, a claim without an access mode, a Deployment whose selector does not
match its pods, a number where a text must be. What it says is told here before anything is applied,
all that is wrong with one object together. Where the object is there already (\`--existing\`), it is
also told what cannot be changed any more: a class's parameters, a claim's class, a volume's source.`,
  source:
    'Kubernetes, pkg/apis/core/validation, pkg/apis/storage/validation and pkg/apis/apps/validation',
  bad: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: scratch
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: local
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  local: { path: /mnt/disks/scratch }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: disks
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  iops: 4000
volumeBindingMode: WaitForFirstConsumer
`,
  good: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: scratch
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: local
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  local: { path: /mnt/disks/scratch }
  nodeAffinity:
    required:
      nodeSelectorTerms:
        - matchExpressions:
            - { key: kubernetes.io/hostname, operator: In, values: [node-1] }
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: disks
provisioner: ebs.csi.aws.com
parameters:
  type: gp3
  iops: "4000"
volumeBindingMode: WaitForFirstConsumer
`,
  *check(facts) {
    const { inventory, context } = facts;
    const { attributesClasses } = context;
    const found = new Findings();
    for (const volume of inventory.volumes.values()) {
      // The planner has looked at what is new; the rest of it is of some versions alone.
      if (!isNew(volume)) {
        continue;
      }
      checkShape(volume.object, VOLUME_SHAPE, found.problems);
      if (
        found.areNone &&
        (volume.refusal !== undefined || volume.present || namesAttributes(volume))
      ) {
        const hasAmount = volume.capacity !== NO_AMOUNT;
        checkVolume(volume.manifest, { hasAmount, attributesClasses }, found.problems);
      }
      yield* found.take(volume.object);
    }
    for (const claim of inventory.claims.values()) {
      if (claim.madeBy !== undefined || !isNew(claim)) {
        continue;
      }
      checkShape(claim.object, CLAIM_SHAPE, found.problems);
      if (
        found.areNone &&
        (claim.refusal !== undefined || claim.uid !== undefined || namesAttributes(claim))
      ) {
        const hasAmount = claim.request !== NO_AMOUNT;
        checkClaim(claim.manifest, { hasAmount, attributesClasses }, found.problems);
      }
      yield* found.take(claim.object);
    }
    for (const each of inventory.classes.values()) {
      if (isNew(each) && isServed(each.object, facts)) {
        checkShape(each.object, CLASS_SHAPE, found.problems);
        if (found.areNone) {
          checkStorageClass(each.object, found.problems);
        }
        yield* found.take(each.object);
      }
    }
    for (const entry of inventory.workloads) {
      if (isNew(entry) && isServed(entry.object, facts)) {
        checkWorkloadShape(entry, found.problems);
        if (found.areNone) {
          checkWorkload(entry, context, found.problems);
        }
        yield* found.take(entry.object);
      }
    }
    for (const object of inventory.planned) {
      if (!isLive(objectAt(object, 'metadata'))) {
        checkKind(object, found.problems);
        yield* found.take(object);
      }
    }
    for (const [planned, present] of inventory.present) {
      checkUpdate(planned, present, facts, found.problems);
      yield* found.take(planned);
    }
  },
};

function namesAttributes({ manifest }: { readonly manifest: PlainObject }): boolean {
  return (objectAt(manifest, 'spec').volumeAttributesClassName ?? undefined) !== undefined;
}

// What has a uid has been taken by the API server.
function isNew({ object, existing }: { object: PlainObject; existing: boolean }): boolean {
  return !existing && !isLive(objectAt(object, 'metadata'));
}

// The form of an API version that is gone is told by a rule of its own.
function isServed(object: PlainObject, { version }: Facts): boolean {
  return removedVersion(object, version) === undefined;
}

/** Most problems of one object that are told. */
const MOST = 6;

const NOTHING: readonly never[] = Object.freeze([]);

/** Findings from the problems of one object after the other; most objects have none. */
class Findings {
  problems = new ApiProblems();

  /** Whether there are none so far; what cannot be read is not looked at any further. */
  get areNone(): boolean {
    return this.problems.found.length === 0;
  }

  /** The finding on the object that was looked at last. */
  take(object: PlainObject): readonly RuleFinding[] {
    const { found } = this.problems;
    const [first] = found;
    if (first === undefined) {
      return NOTHING;
    }
    this.problems = new ApiProblems();
    const texts = [...new Set(found.map(({ text }) => text))];
    const more = texts.length > MOST ? `; and ${texts.length - MOST} more` : '';
    const message = `the API server refuses ${titleOf(object)}: ${texts.slice(0, MOST).join('; ')}${more}`;
    const fix = [...new Set(found.map((problem) => problem.fix))].slice(0, MOST).join(', and ');
    return [{ object, message, fix, path: first.path }];
  }
}
