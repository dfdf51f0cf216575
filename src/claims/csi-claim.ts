import type { Construct } from 'constructs';
import type { AccessMode } from '../kube/access-mode';
import type { DataSource } from '../kube/objects';
import * as types from '../kube/props';
import { readQuantity } from '../kube/quantity';
import { refuse } from '../kube/storage-error';
import type { VolumeMode } from '../kube/volume-mode';
import { chartNamespace, pathIn } from '../objects/scope';
import { CLASS_CLAIM_PROPS, ClassClaim, type ClassClaimProps } from './class-claim';
import type { IStorageClass } from './contracts';
import {
  type IVolumeSnapshot,
  SNAPSHOT_API_GROUP,
  VolumeSnapshot,
  type VolumeSnapshotProps,
} from './volume-snapshot';

/** Props of a claim of a CSI driver. */
export interface CsiClaimProps<M extends AccessMode = AccessMode, V extends VolumeMode = VolumeMode>
  extends ClassClaimProps<M, V> {
  /**
   * The snapshot that the volume is filled from: of the same driver and namespace, and no larger.
   *
   * @default - the volume is empty
   */
  readonly fromSnapshot?: IVolumeSnapshot;
}

const CSI_CLAIM_PROPS: types.PropTypes<CsiClaimProps> = {
  ...CLASS_CLAIM_PROPS,
  fromSnapshot: types.optional({
    expected: 'a VolumeSnapshot',
    accepts: (value) => types.isObject(value) && types.objectName.accepts(value.snapshotName),
  }),
};

/** A claim whose driver takes snapshots. */
export class CsiClaim<M extends AccessMode, V extends VolumeMode> extends ClassClaim<M, V> {
  readonly #driver: string;

  /** @internal */
  constructor(scope: Construct, id: string, from: IStorageClass, props: CsiClaimProps<M, V>) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'the claim', props, CSI_CLAIM_PROPS);
    const { fromSnapshot, ...claim } = props;
    super(
      scope,
      id,
      from,
      claim,
      fromSnapshot && dataSource(path, scope, from, fromSnapshot, claim),
    );
    this.#driver = from.traits.driver;
  }

  /**
   * Takes a snapshot of the claim.
   *
   * @param id - the id of the snapshot, below the claim
   * @param props - the class and the name of the snapshot
   * @throws StorageError `SnapshotDriver`, `NameTooLong`, `Duplicate`, `PropType`, `PropUnknown`,
   * `IdInvalid`, `IdTaken`
   */
  snapshot(id: string, props: VolumeSnapshotProps = {}): VolumeSnapshot {
    const { claimName, namespace, size } = this;
    return new VolumeSnapshot(
      this,
      id,
      { claimName, namespace, size, driver: this.#driver },
      props,
    );
  }
}

function dataSource(
  path: string,
  scope: Construct,
  from: IStorageClass,
  snapshot: IVolumeSnapshot,
  { size, namespace = chartNamespace(scope) }: ClassClaimProps,
): DataSource {
  const { snapshotName } = snapshot;
  if (snapshot.driver !== undefined && snapshot.driver !== from.traits.driver) {
    refuse(
      'SnapshotDriver',
      path,
      `'fromSnapshot' must be of the class's driver '${from.traits.driver}', got '${snapshotName}' of '${snapshot.driver}'`,
    );
  }
  if (
    snapshot.namespace !== undefined &&
    namespace !== undefined &&
    snapshot.namespace !== namespace
  ) {
    refuse(
      'SnapshotNamespace',
      path,
      `'fromSnapshot' must be in the claim's namespace '${namespace}', got '${snapshotName}' in '${snapshot.namespace}'`,
    );
  }
  const wanted = readQuantity(size);
  if (snapshot.size !== undefined && wanted !== undefined && wanted.compare(snapshot.size) < 0) {
    refuse(
      'SnapshotSize',
      path,
      `'size' must be at least that of snapshot '${snapshotName}' (${snapshot.size}), got ${wanted}`,
    );
  }
  return { apiGroup: SNAPSHOT_API_GROUP, kind: 'VolumeSnapshot', name: snapshotName };
}
