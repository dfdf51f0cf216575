import type { ClassEntry } from '../../planner/class-entry';
import { annotationOf } from '../../planner/metadata';
import { objectAt } from '../../planner/plain-object';
import type { Facts } from '../facts';
import type { Rule } from '../rule';

const manifests = (isDefault: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: shared
  annotations:
    storageclass.kubernetes.io/is-default-class: "true"
provisioner: nfs.csi.k8s.io
---
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: disks
  annotations:
    storageclass.kubernetes.io/is-default-class: "${isDefault}"
provisioner: ebs.csi.aws.com
`;

export const defaultClassMultiple: Rule = {
  id: 'default-class-multiple',
  severity: 'warning',
  summary: 'another class is marked as default as well',
  why: `Of several classes that are marked as default, a claim without a class is given the one that was
created last; of those created in one second, the first by name. Which that is depends on the order in
which they were applied, and changes when one of them is made anew.`,
  source: 'Kubernetes, pkg/volume/util/storageclass.go, GetDefaultClass',
  bad: manifests('true'),
  good: manifests('false'),
  *check(facts) {
    const marked = [...facts.inventory.classes.values()].filter(
      ({ isDefault, provisioner }) => isDefault && provisioner !== '',
    );
    if (marked.length < 2) {
      return;
    }
    const kept = keptOf(marked, facts);
    for (const found of marked) {
      if (kept !== undefined && found !== kept) {
        yield {
          object: found.object,
          message: `StorageClass ${found.name} is marked as default, as StorageClass ${kept.name} is: claims without a class are given the one that is created last`,
          fix: 'set annotation storageclass.kubernetes.io/is-default-class: "false" on all but one',
          path: ['metadata', 'annotations', annotationOn(found)],
        };
      }
    }
  },
};

const ANNOTATION = 'storageclass.kubernetes.io/is-default-class';
const OLD_ANNOTATION = 'storageclass.beta.kubernetes.io/is-default-class';

// The default now, or what is there already: the others are the mistake.
function keptOf(marked: readonly ClassEntry[], { context }: Facts): ClassEntry | undefined {
  const [name, ...others] = context.defaultClasses ?? [];
  const winner = others.length === 0 ? marked.find((each) => each.name === name) : undefined;
  return marked.find(({ existing }) => existing) ?? winner ?? marked[0];
}

function annotationOn({ object }: ClassEntry): string {
  const metadata = objectAt(object, 'metadata');
  return annotationOf(metadata, ANNOTATION) === 'true' ? ANNOTATION : OLD_ANNOTATION;
}
