import type { Construct } from 'constructs';
import { addClaimObject } from '../claims/claim-object';
import { CLASS_CLAIM_PROPS, type ClassClaimProps } from '../claims/class-claim';
import { MountableClaim } from '../claims/mountable-claim';
import type { Said } from '../claims/said';
import { readSize } from '../claims/size';
import type { AccessMode } from '../kube/access-mode';
import * as types from '../kube/props';
import type { Quantity } from '../kube/quantity';
import { defaultName } from '../objects/default-name';
import { pathIn } from '../objects/scope';
import {
  accessModeProblem,
  LOCAL_PATH_ANNOTATIONS,
  LOCAL_PATH_NAMES,
  LOCAL_PATH_VOLUME_TYPES,
  type LocalPathAccessMode,
  type LocalPathSharing,
  type LocalPathVolumeType,
  SELECTOR_PROBLEM,
  volumeModeProblem,
  volumeTypeProblem,
} from './limits';
import { refuseProblem } from './refuse-problem';

/** Props of a claim that a LocalPathStorageClass makes. */
export interface LocalPathClassClaimProps<
  M extends AccessMode = AccessMode,
  T extends LocalPathVolumeType = LocalPathVolumeType,
> extends Omit<ClassClaimProps<M, 'Filesystem'>, 'volumeMode'> {
  /**
   * How many nodes or pods may use it, and how; the type of the claim follows.
   *
   * @default 'ReadWriteOnce'
   */
  readonly accessMode?: M;

  /**
   * What the volume is: `'local'` gives its files to the pod's fsGroup, `'hostPath'` does not.
   *
   * @default - the class's: `'hostPath'` unless it says `defaultVolumeType`
   */
  readonly volumeType?: T;
}

/** Props of a LocalPathClaim. */
export interface LocalPathClaimProps<M extends LocalPathAccessMode = LocalPathAccessMode>
  extends LocalPathClassClaimProps<M> {
  /**
   * Name of the StorageClass, one of local-path-provisioner.
   *
   * @default 'local-path'
   */
  readonly className?: string;
}

/** The class that a claim is made by, where this app has it. */
export interface LocalPathClaimSource {
  readonly className: string;
  readonly sharing: LocalPathSharing;
}

const { volumeMode: _, ...COMMON_PROPS } = CLASS_CLAIM_PROPS;

const CLASS_PROPS: types.PropTypes<LocalPathClassClaimProps> = {
  ...COMMON_PROPS,
  volumeType: types.optional(types.oneOf(LOCAL_PATH_VOLUME_TYPES)),
};

const CLAIM_PROPS: types.PropTypes<LocalPathClaimProps> = {
  ...CLASS_PROPS,
  className: types.optional(types.objectName),
};

/**
 * A claim of a folder on the node that its pod runs on, made by local-path-provisioner.
 *
 * The pod that uses it first decides the node, and every later one has to run there: when the node
 * is gone, so is the data. **The size is not enforced**: volumes share the disk of their folder, and
 * one can fill it for all. Nor does it grow: nothing resizes such a volume.
 *
 * Many pods on many nodes need a shared file system:
 * `new LocalPathProvisioner(…, { sharedFileSystemPath }).mainClass.claim(…)`.
 */
export class LocalPathClaim<const M extends AccessMode = 'ReadWriteOnce'> extends MountableClaim<
  M,
  'Filesystem'
> {
  /** How much room it asks for, which nothing holds it to. */
  readonly size: Quantity;

  /** Name of the StorageClass. */
  readonly className: string;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - what is claimed
   * @throws StorageError `LocalPathAccessMode`, `LocalPathVolumeMode`, `LocalPathSelector`,
   * `SizeInvalid`, `NameTooLong`, `Duplicate`, `PropMissing`, `PropType`, `PropUnknown`,
   * `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  constructor(
    scope: Construct,
    id: string,
    // A mode that TypeScript infers from where the claim goes has to be said in the props.
    props: LocalPathClaimProps<M & LocalPathAccessMode> & Said<M, 'ReadWriteOnce', 'accessMode'>,
  );
  /** @internal */
  constructor(
    scope: Construct,
    id: string,
    props: LocalPathClassClaimProps<M>,
    source: LocalPathClaimSource,
  );
  constructor(
    scope: Construct,
    id: string,
    props: LocalPathClassClaimProps<M> & Pick<LocalPathClaimProps, 'className'>,
    source?: LocalPathClaimSource,
  ) {
    const path = pathIn(scope, id);
    refuseUnserved(path, props);
    types.checkProps(path, 'the claim', props, source ? CLASS_PROPS : CLAIM_PROPS);
    const size = readSize(path, 'size', props.size);
    const { accessMode = 'ReadWriteOnce' as M, volumeType, className } = props;
    const { sharing, ...from } = source ?? { className, sharing: 'node' };
    refuseProblem(
      'LocalPathAccessMode',
      path,
      'accessMode',
      accessModeProblem(accessMode, sharing),
    );
    if (volumeType !== undefined) {
      refuseProblem(
        'LocalPathVolumeType',
        path,
        'volumeType',
        volumeTypeProblem(volumeType, sharing),
      );
    }
    super(scope, id, {
      claimName: props.name ?? defaultName(path),
      accessMode,
      volumeMode: 'Filesystem',
      namespace: props.namespace,
    });
    this.size = size;
    this.className = from.className ?? LOCAL_PATH_NAMES.storageClass;
    addClaimObject(this, {
      storage: size,
      storageClassName: this.className,
      labels: props.labels,
      ...(volumeType !== undefined && {
        annotations: { [LOCAL_PATH_ANNOTATIONS.claim]: volumeType },
      }),
      deletable: props.deletable,
    });
  }
}

// Neither is a prop, and both are asked for: the reason says more than that there is none.
function refuseUnserved(path: string, props: unknown): void {
  if (types.isObject(props)) {
    if (props.volumeMode === 'Block') {
      refuseProblem('LocalPathVolumeMode', path, 'volumeMode', volumeModeProblem('Block'));
    }
    if (props.selector !== undefined) {
      refuseProblem('LocalPathSelector', path, 'selector', SELECTOR_PROBLEM);
    }
  }
}
