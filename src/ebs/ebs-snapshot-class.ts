import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  VolumeSnapshotClass as ClassManifest,
  VolumeSnapshotClassDeletionPolicy as DeletionPolicy,
} from '../../imports/snapshot.storage.k8s.io';
import type { ISnapshotClass } from '../claims/volume-snapshot';
import type { Labels } from '../kube/label-selector';
import { RECLAIM_POLICIES, type ReclaimPolicy } from '../kube/objects';
import * as types from '../kube/props';
import { addObject } from '../objects/api-object';
import { defaultName } from '../objects/default-name';
import { recommendedLabels } from '../objects/labels';
import { chartNamespace, pathIn } from '../objects/scope';
import { EBS_DRIVER } from './driver/limits';
import { EBS_TAGS, type EbsTags, tagParameters } from './tags/tags';
import { checkZones } from './zones';

/** Props of an EbsSnapshotClass. */
export interface EbsSnapshotClassProps {
  /**
   * What becomes of a snapshot in AWS when its VolumeSnapshot is deleted.
   *
   * With Delete, a namespace that is deleted takes along the backups of its volumes. With Retain they
   * stay, and are paid for, until somebody deletes them in AWS.
   *
   * @default 'Retain'
   */
  readonly deletionPolicy?: ReclaimPolicy;

  /**
   * Tags of the snapshots in AWS, at most 48.
   *
   * A value may be a template: `'{{ .VolumeSnapshotNamespace }}/{{ .VolumeSnapshotName }}'`.
   *
   * @default - those of the driver
   */
  readonly tags?: EbsTags;

  /**
   * Names of the zones in which volumes made from a snapshot are fast at once, such as
   * `['ap-northeast-1a']`.
   *
   * AWS bills each snapshot in each zone by the hour. The driver needs the permission
   * `ec2:EnableFastSnapshotRestores`; where the call fails, it deletes the snapshot.
   *
   * @default - none: blocks are loaded when they are first read
   */
  readonly fastSnapshotRestoreAvailabilityZones?: readonly string[];

  /**
   * Whether snapshots of EBS volumes that name no class take this one; a cluster should have one such
   * class for a driver at most.
   *
   * @default false
   */
  readonly isDefault?: boolean;

  /**
   * Name of the VolumeSnapshotClass, a DNS subdomain.
   *
   * @default - the chart's namespace and the construct path, without a hash
   */
  readonly name?: string;

  /**
   * Labels of the class.
   *
   * @default - the recommended `app.kubernetes.io/*` labels; these are added to them
   */
  readonly labels?: Labels;
}

const EBS_SNAPSHOT_CLASS_PROPS: types.PropTypes<EbsSnapshotClassProps> = {
  deletionPolicy: types.optional(types.oneOf(RECLAIM_POLICIES)),
  tags: types.optional(EBS_TAGS),
  fastSnapshotRestoreAvailabilityZones: types.optional(types.listOf(types.text)),
  isDefault: types.optional(types.flag),
  name: types.optional(types.objectName),
  labels: types.optional(types.labels),
};

/** The manifest's words for the policies. */
const POLICIES: Readonly<Record<ReclaimPolicy, DeletionPolicy>> = {
  Retain: DeletionPolicy.RETAIN,
  Delete: DeletionPolicy.DELETE,
};

/** Makes a class the one of snapshots that name none (kubernetes-csi/external-snapshotter). */
const DEFAULT_CLASS = { 'snapshot.storage.kubernetes.io/is-default-class': 'true' } as const;

/**
 * A VolumeSnapshotClass of the EBS CSI driver (aws-ebs-csi-driver).
 *
 * The cluster needs the snapshot controller and its CRDs (kubernetes-csi/external-snapshotter).
 */
export class EbsSnapshotClass extends Construct implements ISnapshotClass {
  /** Name of the VolumeSnapshotClass. */
  readonly snapshotClassName: string;

  /** The CSI driver whose volumes it serves. */
  readonly driver = EBS_DRIVER;

  /** The VolumeSnapshotClass. */
  readonly snapshotClass: ApiObject;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - how snapshots are kept
   * @throws StorageError `EbsTags`, `EbsZone`, `NameTooLong`, `Duplicate`, `NamespaceInvalid`,
   * `LabelsInvalid`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  constructor(scope: Construct, id: string, props: EbsSnapshotClassProps = {}) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'EbsSnapshotClass', props, EBS_SNAPSHOT_CLASS_PROPS);
    const { fastSnapshotRestoreAvailabilityZones: fastZones, deletionPolicy = 'Retain' } = props;
    const tags = tagParameters(path, props.tags);
    if (fastZones !== undefined) {
      checkZones(path, 'fastSnapshotRestoreAvailabilityZones', fastZones);
    }
    super(scope, id);
    this.snapshotClassName = props.name ?? defaultName(path, { namespace: chartNamespace(this) });
    const parameters = {
      ...tags,
      ...(fastZones && { fastSnapshotRestoreAvailabilityZones: fastZones.join(',') }),
    };
    this.snapshotClass = addObject(
      this,
      'Resource',
      ClassManifest.manifest({
        metadata: {
          name: this.snapshotClassName,
          labels: { ...recommendedLabels(this), ...props.labels },
          ...(props.isDefault && { annotations: DEFAULT_CLASS }),
        },
        driver: EBS_DRIVER,
        deletionPolicy: POLICIES[deletionPolicy],
        ...(Object.keys(parameters).length > 0 && { parameters }),
      }),
    );
  }
}
