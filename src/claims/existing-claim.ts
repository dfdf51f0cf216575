import type { Construct } from 'constructs';
import { ACCESS_MODES, type AccessMode } from '../kube/access-mode';
import * as types from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { VOLUME_MODES, type VolumeMode } from '../kube/volume-mode';
import { pathIn } from '../objects/scope';
import { MountableClaim } from './mountable-claim';

/** What is known of a claim that exists already. */
export interface ExistingClaimProps<
  M extends AccessMode = AccessMode,
  V extends VolumeMode = VolumeMode,
> {
  /** Its access mode. */
  readonly accessMode: M;

  /**
   * Its volume mode.
   *
   * @default 'Filesystem'
   */
  readonly volumeMode?: V;

  /**
   * Its namespace.
   *
   * @default - the chart's
   */
  readonly namespace?: string;
}

const EXISTING_CLAIM_PROPS: types.PropTypes<ExistingClaimProps> = {
  accessMode: types.oneOf(ACCESS_MODES),
  volumeMode: types.optional(types.oneOf(VOLUME_MODES)),
  namespace: types.optional(types.labelName),
};

/** A claim that exists already: used, not rendered. */
export class ExistingClaim<M extends AccessMode, V extends VolumeMode> extends MountableClaim<
  M,
  V
> {
  constructor(scope: Construct, id: string, name: string, props: ExistingClaimProps<M, V>) {
    const path = pathIn(scope, id);
    if (!types.objectName.accepts(name)) {
      const { expected } = types.objectName;
      refuse('ClaimName', path, `the claim's name must be ${expected}, got ${show(name)}`);
    }
    types.checkProps(path, 'Claim.fromClaimName', props, EXISTING_CLAIM_PROPS);
    super(scope, id, {
      claimName: name,
      accessMode: props.accessMode,
      volumeMode: props.volumeMode,
      namespace: props.namespace,
    });
  }
}
