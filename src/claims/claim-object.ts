import type { ApiObject } from 'cdk8s';
import type { AccessMode } from '../kube/access-mode';
import { type LabelSelector, type Labels, plainSelector } from '../kube/label-selector';
import type { DataSource, PersistentVolumeClaim } from '../kube/objects';
import type { Quantity } from '../kube/quantity';
import type { VolumeMode } from '../kube/volume-mode';
import { addObject } from '../objects/api-object';
import { KEEP_DATA } from '../objects/argo-cd';
import { recommendedLabels } from '../objects/labels';
import type { MountableClaim } from './mountable-claim';

/** What a PersistentVolumeClaim says beyond what its construct knows. */
export interface ClaimObjectProps {
  readonly storage: Quantity;
  readonly storageClassName: string;
  readonly volumeName?: string | undefined;
  readonly selector?: LabelSelector | undefined;
  readonly dataSource?: DataSource | undefined;
  readonly labels?: Labels | undefined;
  readonly annotations?: Labels | undefined;
  readonly deletable?: boolean | undefined;

  /** The prop that names the claim, where it is not `name`. */
  readonly nameProp?: string;
}

/**
 * Renders a claim's PersistentVolumeClaim.
 *
 * Class and volume mode are written out always: a field that the cluster fills in cannot be changed
 * later, and the next sync would try.
 *
 * @throws StorageError `Duplicate`
 */
export function addClaimObject(
  claim: MountableClaim<AccessMode, VolumeMode>,
  props: ClaimObjectProps,
): ApiObject {
  const { claimName, namespace, accessMode, volumeMode } = claim;
  const annotations = { ...props.annotations, ...(props.deletable !== true && KEEP_DATA) };
  const object: PersistentVolumeClaim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: claimName,
      ...(namespace !== undefined && { namespace }),
      labels: { ...recommendedLabels(claim), ...props.labels },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      accessModes: [accessMode],
      volumeMode,
      storageClassName: props.storageClassName,
      ...(props.volumeName !== undefined && { volumeName: props.volumeName }),
      ...(props.selector && { selector: plainSelector(props.selector) }),
      ...(props.dataSource && { dataSource: props.dataSource }),
      resources: { requests: { storage: props.storage.toString() } },
    },
  };
  return addObject(claim, 'Resource', object, props.nameProp);
}
