import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { VolumeSnapshot as SnapshotManifest } from '../../imports/snapshot.storage.k8s.io';
import type { Labels } from '../kube/label-selector';
import * as types from '../kube/props';
import type { Quantity } from '../kube/quantity';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { addObject } from '../objects/api-object';
import { KEEP_DATA } from '../objects/argo-cd';
import { defaultName } from '../objects/default-name';
import { recommendedLabels } from '../objects/labels';
import { chartNamespace, pathIn } from '../objects/scope';

/** The API group of snapshots (kubernetes-csi/external-snapshotter). */
export const SNAPSHOT_API_GROUP = 'snapshot.storage.k8s.io';

/** A snapshot that a claim can be filled from. */
export interface IVolumeSnapshot {
  /** Name of the VolumeSnapshot. */
  readonly snapshotName: string;

  /**
   * Its namespace; claims of no other namespace can be filled from it.
   *
   * @default - not known
   */
  readonly namespace?: string | undefined;

  /**
   * The CSI driver that took it; classes of no other can use it.
   *
   * @default - not known
   */
  readonly driver?: string | undefined;

  /**
   * Size of the claim that it was taken of; a new claim is at least as large.
   *
   * @default - not known
   */
  readonly size?: Quantity | undefined;
}

/** Props of a VolumeSnapshot. */
export interface VolumeSnapshotProps {
  /**
   * The VolumeSnapshotClass, such as an EbsSnapshotClass.
   *
   * @default - the default snapshot class of the claim's driver
   */
  readonly snapshotClass?: ISnapshotClass;

  /**
   * Name of the VolumeSnapshot, a DNS subdomain.
   *
   * @default - from the construct's path, without a hash
   */
  readonly name?: string;

  /**
   * Labels of the snapshot.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;

  /**
   * Whether Argo CD may delete the snapshot.
   *
   * @default false
   */
  readonly deletable?: boolean;
}

/** How snapshots are taken and kept. */
export interface ISnapshotClass {
  /** Name of the VolumeSnapshotClass. */
  readonly snapshotClassName: string;

  /** The CSI driver whose volumes it serves. */
  readonly driver: string;
}

/** The claim that a snapshot is taken of. */
export interface SnapshotSource {
  readonly claimName: string;
  readonly namespace: string | undefined;
  readonly driver: string;
  readonly size: Quantity;
}

const VOLUME_SNAPSHOT_PROPS: types.PropTypes<VolumeSnapshotProps> = {
  snapshotClass: types.optional({
    expected: 'a snapshot class, such as an EbsSnapshotClass',
    accepts: (value) => types.isObject(value) && typeof value.snapshotClassName === 'string',
  }),
  name: types.optional(types.objectName),
  labels: types.optional(types.labels),
  deletable: types.optional(types.flag),
};

/**
 * A VolumeSnapshot of a claim; `claim.snapshot(id)` makes it.
 *
 * The cluster needs the snapshot controller and its CRDs (kubernetes-csi/external-snapshotter).
 */
export class VolumeSnapshot extends Construct implements IVolumeSnapshot {
  /**
   * A snapshot that exists; nothing is rendered for it.
   *
   * @param snapshotName - the VolumeSnapshot's name, a DNS subdomain
   * @throws StorageError `SnapshotName`
   */
  static fromSnapshotName(snapshotName: string): IVolumeSnapshot {
    if (!types.objectName.accepts(snapshotName)) {
      const { expected } = types.objectName;
      refuse(
        'SnapshotName',
        '',
        `a snapshot's name must be ${expected}, got ${show(snapshotName)}`,
      );
    }
    return { snapshotName };
  }

  /** Name of the VolumeSnapshot. */
  readonly snapshotName: string;

  /** Its namespace: the claim's. */
  readonly namespace: string | undefined;

  /** The CSI driver that takes it. */
  readonly driver: string;

  /** Size of the claim that it is taken of. */
  readonly size: Quantity;

  /** The VolumeSnapshot object. */
  readonly snapshot: ApiObject;

  /** @internal */
  constructor(scope: Construct, id: string, source: SnapshotSource, props: VolumeSnapshotProps) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'VolumeSnapshot', props, VOLUME_SNAPSHOT_PROPS);
    const { snapshotClass } = props;
    if (snapshotClass !== undefined && snapshotClass.driver !== source.driver) {
      refuse(
        'SnapshotDriver',
        path,
        `'snapshotClass' must be of the claim's driver '${source.driver}', got '${snapshotClass.snapshotClassName}' of '${snapshotClass.driver}'`,
      );
    }
    super(scope, id);
    this.snapshotName = props.name ?? defaultName(path);
    this.namespace = source.namespace ?? chartNamespace(this);
    this.driver = source.driver;
    this.size = source.size;
    this.snapshot = addObject(
      this,
      'Resource',
      SnapshotManifest.manifest({
        metadata: {
          name: this.snapshotName,
          ...(this.namespace !== undefined && { namespace: this.namespace }),
          labels: { ...recommendedLabels(this), ...props.labels },
          ...(props.deletable !== true && { annotations: KEEP_DATA }),
        },
        spec: {
          ...(snapshotClass && { volumeSnapshotClassName: snapshotClass.snapshotClassName }),
          source: { persistentVolumeClaimName: source.claimName },
        },
      }),
    );
  }
}
