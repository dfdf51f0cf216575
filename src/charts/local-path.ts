import { Chart, type ChartProps, Size } from 'cdk8s';
import {
  Capability,
  Cpu,
  Deployment,
  DeploymentStrategy,
  ImagePullPolicy,
  SeccompProfileType,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import * as types from '../kube/props';
import { LocalPathClaim, type LocalPathClaimProps } from '../local-path/local-path-claim';
import { LocalPathProvisioner } from '../local-path/local-path-provisioner';
import type { LocalPathProvisionerProps } from '../local-path/local-path-provisioner-props';
import { chartPathIn, pathIn } from '../objects/scope';
import { checkClaims } from '../workloads/app-claims';
import { CHART_PROPS, given, someProps } from './chart-props';

/** Props of a LocalPathStorageChart. */
export interface LocalPathStorageChartProps extends ChartProps {
  /**
   * Namespace of the claim and the writer; the provisioner has its own.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * The provisioner, where it differs from upstream's.
   *
   * @default - folders below /opt/local-path-provisioner on every node, class `local-path`
   */
  readonly provisioner?: Partial<LocalPathProvisionerProps<undefined>>;

  /**
   * The claim, where it differs from the walk-through's.
   *
   * @default - `localpath-claim`, 1Gi
   */
  readonly claim?: Partial<LocalPathClaimProps<'ReadWriteOnce'>>;
}

const LOCAL_PATH_STORAGE_CHART_PROPS: types.PropTypes<LocalPathStorageChartProps> = {
  ...CHART_PROPS,
  provisioner: someProps('a LocalPathProvisioner'),
  claim: someProps('a LocalPathClaim'),
};

/**
 * The local-path variant: the provisioner, a claim, and an app that writes the time to
 * `/data/out.txt`.
 *
 * The folder is made on the node where the app is first scheduled, and the app stays there.
 */
export class LocalPathStorageChart extends Chart {
  /** The provisioner and its class. */
  readonly provisioner: LocalPathProvisioner;

  /** The claim. */
  readonly claim: LocalPathClaim;

  /** The app that writes. */
  readonly writer: Deployment;

  /**
   * @param scope - the app
   * @param id - the chart's id, which names its file
   * @param props - what differs from the walk-through
   * @throws StorageError `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`;
   * as LocalPathProvisioner and LocalPathClaim throw it; `ClaimNamespace` where the writer could not
   * find the claim
   */
  constructor(scope: Construct, id: string, props: LocalPathStorageChartProps = {}) {
    types.checkProps(
      chartPathIn(scope, id),
      'LocalPathStorageChart',
      props,
      LOCAL_PATH_STORAGE_CHART_PROPS,
    );
    const { provisioner, claim, namespace = 'default', ...chartProps } = props;
    super(scope, id, { ...chartProps, namespace });

    this.provisioner = new LocalPathProvisioner(this, 'provisioner', given(provisioner));
    this.claim = new LocalPathClaim(this, 'claim', {
      name: 'localpath-claim',
      size: '1Gi',
      className: this.provisioner.mainClass.storageClassName,
      ...given(claim),
    });
    checkClaims(pathIn(this, 'app'), [this.claim], namespace, 1);
    this.writer = new Deployment(this, 'app', {
      metadata: { name: 'app' },
      replicas: 1,
      // One node has the folder: a new pod beside the old one would write the same file.
      strategy: DeploymentStrategy.recreate(),
    });
    this.writer
      .addContainer({
        name: 'app',
        image: 'docker.io/library/busybox:1.37.0',
        imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
        command: ['/bin/sh', '-c', 'while true; do date -u >> /data/out.txt; sleep 5; done'],
        resources: {
          cpu: { request: Cpu.millis(10) },
          memory: { request: Size.mebibytes(16) },
        },
        securityContext: {
          user: 1000,
          group: 1000,
          capabilities: { drop: [Capability.ALL] },
          seccompProfile: { type: SeccompProfileType.RUNTIME_DEFAULT },
        },
      })
      .mount('/data', this.claim);
  }
}
