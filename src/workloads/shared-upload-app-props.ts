import { ServiceType } from 'cdk8s-plus-28';
import type { ISharedClaim } from '../claims/contracts';
import * as types from '../kube/props';
import { APP_PROPS, type AppProps } from './app-props';
import { isClaim, MOUNT_PROPS, type MountProps } from './mounts';
import { UPLOAD_INGRESS, type UploadIngressProps } from './upload-ingress';

/** The files that all replicas share. */
export interface UploadsProps extends MountProps {
  /** A claim that pods on any number of nodes can write at once, such as an NfsVolume. */
  readonly claim: ISharedClaim;
}

/** Scaling by the load. */
export interface AutoscaleProps {
  /** Fewest replicas, at least 1. */
  readonly min: number;

  /** Most replicas, at least `min`. */
  readonly max: number;

  /** Average use of the requested cpu to keep to, in percent, at least 1; more adds replicas. */
  readonly cpuPercent: number;
}

/** Props of a SharedUploadApp. */
export interface SharedUploadAppProps extends AppProps {
  /** The port that the app listens on, from 1 to 65535. */
  readonly port: number;

  /** The shared files. */
  readonly uploads: UploadsProps;

  /**
   * Number of replicas, at least 0; not together with `autoscale`.
   *
   * @default 2
   */
  readonly replicas?: number;

  /**
   * Scaling by the load. The Deployment then has no `replicas`, so that no sync undoes the scaling.
   *
   * @default - a fixed number of replicas
   */
  readonly autoscale?: AutoscaleProps;

  /**
   * The port of the Service, from 1 to 65535.
   *
   * @default - `port`
   */
  readonly servicePort?: number;

  /**
   * Where the Service is reached from: inside the cluster, on every node, or by a load balancer.
   *
   * @default ServiceType.CLUSTER_IP
   */
  readonly serviceType?: `${Exclude<ServiceType, ServiceType.EXTERNAL_NAME>}`;

  /**
   * A way in from outside the cluster.
   *
   * @default - none
   */
  readonly ingress?: UploadIngressProps;
}

const PORT = types.wholeNumber(1, 65535);

/** The types of these props. */
export const SHARED_UPLOAD_APP_PROPS: types.PropTypes<SharedUploadAppProps> = {
  ...APP_PROPS,
  port: PORT,
  uploads: types.nested({
    ...MOUNT_PROPS,
    claim: { expected: 'a claim, such as an NfsVolume', accepts: isClaim },
  } satisfies types.PropTypes<UploadsProps>),
  replicas: types.optional(types.count(0)),
  autoscale: types.optional(
    types.nested({
      min: types.count(1),
      max: types.count(1),
      cpuPercent: types.count(1),
    } satisfies types.PropTypes<AutoscaleProps>),
  ),
  servicePort: types.optional(PORT),
  serviceType: types.optional(
    types.oneOf([ServiceType.CLUSTER_IP, ServiceType.NODE_PORT, ServiceType.LOAD_BALANCER]),
  ),
  ingress: types.optional(UPLOAD_INGRESS),
};
