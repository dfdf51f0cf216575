import { Chart, type ChartProps } from 'cdk8s';
import type { Construct } from 'constructs';
import * as types from '../kube/props';
import { NfsVolume, type NfsVolumeProps } from '../nfs/nfs-volume';
import { chartPathIn } from '../objects/scope';
import { SharedUploadApp } from '../workloads/shared-upload-app';
import type { SharedUploadAppProps } from '../workloads/shared-upload-app-props';
import { CHART_PROPS, given, someProps } from './chart-props';

/** Props of a StaticStorageChart. */
export interface StaticStorageChartProps extends ChartProps {
  /**
   * Namespace of the claim and the app.
   *
   * @default 'default'
   */
  readonly namespace?: string;

  /**
   * The export, where it differs from the walk-through's.
   *
   * @default - `/mnt/shared` of 172.26.1.10, 10Gi, of which the claim asks for 4Gi
   */
  readonly volume?: Partial<NfsVolumeProps>;

  /**
   * The app, where it differs from the walk-through's.
   *
   * @default - two replicas on nodes of their own among those labelled `type: worker`, port 8080
   */
  readonly app?: Partial<Omit<SharedUploadAppProps, 'uploads'>>;

  /**
   * Where the app finds the files: an absolute path.
   *
   * @default '/data'
   */
  readonly mountPath?: string;
}

const STATIC_STORAGE_CHART_PROPS: types.PropTypes<StaticStorageChartProps> = {
  ...CHART_PROPS,
  volume: someProps('an NfsVolume'),
  app: types.optional({
    expected: "props of a SharedUploadApp without 'uploads', which are the volume",
    accepts: (value) => types.isObject(value) && !('uploads' in value),
  }),
  mountPath: types.optional(types.text),
};

/**
 * The static variant: an NFS export that exists, and an upload service whose replicas share it.
 *
 * A file that a pod on one node writes, a pod on another node reads.
 */
export class StaticStorageChart extends Chart {
  /** The export and its claim. */
  readonly volume: NfsVolume;

  /** The upload service. */
  readonly app: SharedUploadApp;

  /**
   * @param scope - the app
   * @param id - the chart's id, which names its file
   * @param props - what differs from the walk-through
   * @throws StorageError `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`;
   * as NfsVolume and SharedUploadApp throw it
   */
  constructor(scope: Construct, id: string, props: StaticStorageChartProps = {}) {
    types.checkProps(
      chartPathIn(scope, id),
      'StaticStorageChart',
      props,
      STATIC_STORAGE_CHART_PROPS,
    );
    const { volume, app, mountPath = '/data', namespace = 'default', ...chartProps } = props;
    super(scope, id, { ...chartProps, namespace });

    this.volume = new NfsVolume(this, 'volume', {
      name: 'nfs-storage',
      claimName: 'nfs-storage-claim',
      server: '172.26.1.10',
      path: '/mnt/shared',
      capacity: '10Gi',
      request: '4Gi',
      labels: { type: 'nfs' },
      ...given(volume),
    });
    this.app = new SharedUploadApp(this, 'app', {
      name: 'application',
      containerName: 'my-application',
      selectorLabels: { role: 'application' },
      image: 'registry.example.com/my-app:1.0.0',
      imagePullSecrets: ['registry-credentials'],
      port: 8080,
      spread: 'required',
      nodeLabels: { type: 'worker' },
      ...given(app),
      uploads: { claim: this.volume, mountPath },
    });
  }
}
