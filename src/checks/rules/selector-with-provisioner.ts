import type { ClaimBinding } from '../../planner/claim-binding';
import { objectAt } from '../../planner/plain-object';
import { provisioning } from '../../planner/provisioning';
import { claimPath, claimTitle, openClaims } from '../claim-words';
import type { Facts } from '../facts';
import { nearestVolume } from '../nearest-volume';
import type { Rule } from '../rule';

const manifests = (selector: string) => `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: shared
provisioner: nfs.csi.k8s.io
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: uploads
  namespace: shop
spec:
  accessModes: [ReadWriteMany]
  storageClassName: shared${selector}
  resources: { requests: { storage: 10Gi } }
`;

export const selectorWithProvisioner: Rule = {
  id: 'selector-with-provisioner',
  severity: 'error',
  summary:
    'the claim selects volumes by labels, none is there, and its class makes none for such claims',
  why: `A selector is for volumes that are there already. Provisioners refuse claims that have one, an
empty one too, since they do not know what to make of it: without a volume that matches, the claim
stays Pending.`,
  source:
    'kubernetes-csi/external-provisioner, pkg/controller, Provision; rancher/local-path-provisioner, provisioner.go',
  bad: manifests('\n  selector: { matchLabels: { type: uploads } }'),
  good: manifests(''),
  *check(facts) {
    for (const binding of openClaims(facts)) {
      const { claim, outcomes } = binding;
      const [outcome, ...others] = outcomes;
      const isLeft = outcome === 'provisioned' || outcome === 'waits-for-consumer';
      if (!isLeft || others.length > 0 || !hasSelector(binding) || claim.volumeName !== undefined) {
        continue;
      }
      const found = facts.classOf(claim);
      if (found === undefined || provisioning(found, facts.version).outcome !== 'provisioned') {
        continue;
      }
      if (outcome === 'waits-for-consumer' && mayFind(binding, found.name, facts)) {
        continue;
      }
      if (claim.className === undefined && isHijacked(binding, found.name, facts)) {
        continue;
      }
      const said =
        found.provisioner === 'rancher.io/local-path' ? 'claim.Spec.Selector' : 'claim Selector';
      yield {
        object: claim.object,
        message: `${claimTitle(claim)} has a selector that no PersistentVolume matches, and ${found.provisioner}, the provisioner of its class "${found.name}", makes no volume for such a claim; kubectl describe pvc shows "ProvisioningFailed: failed to provision volume with StorageClass "${found.name}": ${said} is not supported"`,
        fix: 'drop spec.selector, or add a PersistentVolume of that class with the labels that it asks for',
        path: claimPath(claim, 'spec', 'selector'),
      };
    }
  },
};

// One that asks for nothing matches every volume, and is refused by provisioners all the same.
function hasSelector({ claim }: ClaimBinding): boolean {
  const { selector } = objectAt(claim.manifest, 'spec');
  return selector !== undefined && selector !== null;
}

// With a volume that it selects, and that has no class, the claim is told by default-class-hijack.
function isHijacked({ claim }: ClaimBinding, className: string, facts: Facts): boolean {
  const { volume, why, only } = nearestVolume(claim, [className], facts) ?? {};
  return (
    volume?.className === '' &&
    only === true &&
    why?.rule === 'class' &&
    facts.bindings.free.takersOf(volume) === 0
  );
}

// A claim that no pod uses yet has not looked for a volume.
function mayFind({ claim }: ClaimBinding, className: string, facts: Facts): boolean {
  const nearest = nearestVolume(claim, [className], facts);
  return nearest === undefined ? facts.inventory.volumes.size > 0 : nearest.why === undefined;
}
