import { MIXED_ONCE_POD, type ModeSet, mixesOncePod, modesOf } from '../../planner/mode-set';
import { claimPath, claimTitle } from '../claim-words';
import type { Rule } from '../rule';

export const rwopInvalid: Rule = {
  id: 'rwop-invalid',
  severity: 'error',
  summary: 'the access mode ReadWriteOncePod stands beside others, which the API server refuses',
  why: `ReadWriteOncePod promises that one pod of the whole cluster has the volume. Beside a mode
that lets in more it promises nothing, so the API server refuses the list; of a claim that a
StatefulSet makes it is not seen before the pods fail to come up with \`FailedCreate\`.`,
  source:
    'Kubernetes, pkg/apis/core/validation, ValidatePersistentVolumeClaimSpec and ValidatePersistentVolumeSpec',
  bad: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: ledger
spec:
  accessModes: [ReadWriteOncePod, ReadWriteOnce]
  storageClassName: disks
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0 }
`,
  good: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: ledger
spec:
  accessModes: [ReadWriteOncePod]
  storageClassName: disks
  capacity: { storage: 10Gi }
  persistentVolumeReclaimPolicy: Retain
  csi: { driver: ebs.csi.aws.com, volumeHandle: vol-0123456789abcdef0 }
`,
  *check({ inventory }) {
    for (const claim of inventory.claims.values()) {
      if (mixesOncePod(claim.modes)) {
        const path = claimPath(claim, 'spec', 'accessModes');
        yield { object: claim.object, message: mixed(claimTitle(claim), claim.modes), fix, path };
      }
    }
    for (const { object, name, modes } of inventory.volumes.values()) {
      if (mixesOncePod(modes)) {
        const path = ['spec', 'accessModes'];
        yield { object, message: mixed(`PersistentVolume ${name}`, modes), fix, path };
      }
    }
  },
};

const fix = 'set accessModes: [ReadWriteOncePod], or leave ReadWriteOncePod out';

function mixed(title: string, modes: ModeSet): string {
  const others = modesOf(modes).filter((mode) => mode !== 'ReadWriteOncePod');
  return `${title} has ReadWriteOncePod beside ${others.join(' and ')}: ${MIXED_ONCE_POD}`;
}
