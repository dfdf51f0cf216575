import { EBS_DRIVER } from '../../ebs/driver/limits';
import { ebsModeProblems } from '../../ebs/modes/limits';
import type { AccessMode } from '../../kube/access-mode';
import type { ClaimEntry } from '../../planner/claim-entry';
import { includesModes, modesOf } from '../../planner/mode-set';
import { listAt, objectAt } from '../../planner/plain-object';
import type { VolumeEntry } from '../../planner/volume-entry';
import type { Facts } from '../facts';
import type { Rule } from '../rule';
import { sourceOf } from '../volume-source';

export const csiAccessModeOrder: Rule = {
  id: 'csi-access-mode-order',
  severity: 'warning',
  summary:
    'a volume of a CSI driver lists several access modes, and the driver gets the first alone',
  why: `A volume can list several access modes, and a claim may ask for any of them. A CSI driver is
told one: the first of the list. With a narrow one first, the volume binds to a claim for the wide
one, and is then attached, or mounted, for less than the claim asks.`,
  source: 'Kubernetes, pkg/volume/csi/csi_attacher.go and csi_mounter.go: spec.accessModes[0]',
  bad: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteOnce, ReadWriteMany]
  storageClassName: files
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: cephfs.csi.ceph.com, volumeHandle: uploads }
`,
  good: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: uploads
spec:
  accessModes: [ReadWriteMany, ReadWriteOnce]
  storageClassName: files
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: cephfs.csi.ceph.com, volumeHandle: uploads }
`,
  *check(facts) {
    for (const volume of facts.inventory.volumes.values()) {
      // A power of two is one mode.
      if ((volume.modes & (volume.modes - 1)) === 0 || volume.refusal !== undefined) {
        continue;
      }
      const spec = objectAt(volume.manifest, 'spec');
      const driver = sourceOf(spec, facts.version)?.driver;
      const modes = listAt(spec, 'accessModes') as readonly AccessMode[];
      const [first] = modes;
      const wanted = intended(volume, facts) ?? WIDEST.find((mode) => modes.includes(mode));
      if (driver !== undefined && first !== undefined && wanted !== undefined && wanted !== first) {
        const { object, name } = volume;
        yield {
          object,
          message: `PersistentVolume ${name} lists ${modes.join(', ')}: ${driver} is told the first, ${first}, also where a claim asks for ${wanted}`,
          fix: fixFor(driver, wanted, modes, volume),
          path: ['spec', 'accessModes'],
        };
      }
    }
  },
};

function fixFor(
  driver: string,
  wanted: AccessMode,
  modes: readonly AccessMode[],
  { volumeMode }: VolumeEntry,
): string {
  const isServed = (mode: AccessMode): boolean =>
    driver !== EBS_DRIVER || ebsModeProblems('io2', mode, volumeMode).length === 0;
  const others = modes.filter((mode) => mode !== wanted);
  return isServed(wanted)
    ? `set accessModes: [${[wanted, ...others].join(', ')}], the intended one first`
    : `set accessModes: [${modes.filter(isServed).join(', ') || 'ReadWriteOnce'}], which the driver serves`;
}

/** Modes that let in more come first. */
const WIDEST: readonly AccessMode[] = ['ReadWriteMany', 'ReadWriteOnce', 'ReadOnlyMany'];

// What the claim asks for that the volume is bound to or reserved for, where one is known.
function intended(
  { name, claimRef, modes }: VolumeEntry,
  { bindings, inventory }: Facts,
): AccessMode | undefined {
  const claim: ClaimEntry | undefined =
    bindings.holders.get(name) ?? (claimRef && inventory.claims.get(claimRef.key));
  if (claim === undefined || !includesModes(modes, claim.modes)) {
    return undefined;
  }
  const asked = modesOf(claim.modes);
  return WIDEST.find((mode) => asked.includes(mode));
}
