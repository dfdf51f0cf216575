// A StatefulApp takes storage in one of two forms: a folder or a device.
import type { Chart } from 'cdk8s';
import { Claim } from 'cdk8s-storage';
import type { IBlockClaim, IStorageClass } from '../../src/claims/contracts';
import { VolumePool } from '../../src/claims/volume-pool';
import { LocalVolume } from '../../src/local/local-volume';
import { addBlockDevice } from '../../src/workloads/block-device';
import { podName, podOrdinal } from '../../src/workloads/pod-env';
import { StatefulApp } from '../../src/workloads/stateful-app';

declare const chart: Chart;
declare const from: IStorageClass;

const APP = { image: 'registry.example.com/db:1.4.2', ports: { sql: 5432 } } as const;
const DATA = { name: 'data', from, size: '10Gi' } as const;
const FOLDER = { ...DATA, mountPath: '/data' } as const;

// A folder, a device, several, none.
new StatefulApp(chart, 'a', { ...APP, storage: [FOLDER] });
new StatefulApp(chart, 'b', { ...APP, storage: [{ ...FOLDER, volumeMode: 'Filesystem' }] });
new StatefulApp(chart, 'c', { ...APP, storage: [{ ...FOLDER, subPath: '' }] });
const DEVICE = { ...DATA, volumeMode: 'Block', devicePath: '/dev/xvda' } as const;
new StatefulApp(chart, 'd', { ...APP, storage: [DEVICE, { ...FOLDER, name: 'log' }] });
new StatefulApp(chart, 'e', { ...APP, storage: [] });

// Neither, and both.
// @ts-expect-error nowhere to mount it
new StatefulApp(chart, 'z', { ...APP, storage: [DATA] });
// @ts-expect-error a device has a path of its own
new StatefulApp(chart, 'z', { ...APP, storage: [{ ...FOLDER, volumeMode: 'Block' }] });
// @ts-expect-error a folder is no device
new StatefulApp(chart, 'z', { ...APP, storage: [{ ...DATA, devicePath: '/dev/xvda' }] });
// @ts-expect-error a device has no folders
new StatefulApp(chart, 'z', { ...APP, storage: [{ ...DEVICE, subPath: 'pg' }] });

// What a storage needs.
// @ts-expect-error no name
new StatefulApp(chart, 'z', { ...APP, storage: [{ from, size: '1Gi', mountPath: '/data' }] });
// @ts-expect-error no class
new StatefulApp(chart, 'z', { ...APP, storage: [{ name: 'a', size: '1Gi', mountPath: '/a' }] });
// @ts-expect-error no size
new StatefulApp(chart, 'z', { ...APP, storage: [{ name: 'a', from, mountPath: '/data' }] });
// @ts-expect-error no quantity
new StatefulApp(chart, 'z', { ...APP, storage: [{ ...FOLDER, size: '10GB' }] });
// @ts-expect-error the name of a class is no class
new StatefulApp(chart, 'z', { ...APP, storage: [{ ...FOLDER, from: 'gp3' }] });
// @ts-expect-error no such access mode
new StatefulApp(chart, 'z', { ...APP, storage: [{ ...FOLDER, accessMode: 'RWO' }] });

// What an app needs, and words of Kubernetes.
// @ts-expect-error no storage
new StatefulApp(chart, 'z', APP);
// @ts-expect-error no ports
new StatefulApp(chart, 'z', { image: 'db:1', storage: [] });
// @ts-expect-error ports have names
new StatefulApp(chart, 'z', { ...APP, ports: 5432, storage: [] });
// @ts-expect-error no such policy
new StatefulApp(chart, 'z', { ...APP, storage: [], podManagementPolicy: 'parallel' });
// @ts-expect-error no such strategy
new StatefulApp(chart, 'z', { ...APP, storage: [], updateStrategy: 'Recreate' });
// @ts-expect-error no such retention
new StatefulApp(chart, 'z', { ...APP, storage: [], claimRetention: { whenDeleted: 'Keep' } });
// @ts-expect-error a misspelt prop
new StatefulApp(chart, 'z', { ...APP, storage: [], replica: 3 });

// Variables are texts, or of the pod.
new StatefulApp(chart, 'f', {
  ...APP,
  storage: [],
  env: { NODE: podOrdinal(), HOST: podName(), URL: '$(HOST).db:5432' },
});
// @ts-expect-error a number is no text
new StatefulApp(chart, 'z', { ...APP, storage: [], env: { NODE: 1 } });

// Every class and pool of this library fits.
const pool = new VolumePool(chart, 'pool', {
  volumes: [LocalVolume.pooled({ hostname: 'a', path: '/mnt/a', capacity: '1Ti' })],
});
new StatefulApp(chart, 'g', { ...APP, storage: [{ ...FOLDER, from: pool }] });

// A device for a container of cdk8s-plus is a Block claim.
declare const device: IBlockClaim;
const app = new StatefulApp(chart, 'h', { ...APP, storage: [] });
declare const pod: Parameters<typeof addBlockDevice>[0];
addBlockDevice(pod, app.container, device, '/dev/xvda');
const block = Claim.fromClaimName(chart, 'raw', 'raw', {
  accessMode: 'ReadWriteOnce',
  volumeMode: 'Block',
});
addBlockDevice(pod, app.container, block, '/dev/xvda');
const files = Claim.fromClaimName(chart, 'files', 'files', { accessMode: 'ReadWriteOnce' });
// @ts-expect-error a folder
addBlockDevice(pod, app.container, files, '/dev/xvda');
// @ts-expect-error a claim of a pool of folders
addBlockDevice(pod, app.container, pool.claim(chart, 'i', { size: '1Gi' }), '/dev/xvda');
// @ts-expect-error an app of this library is no workload of cdk8s-plus: its storage has devices
addBlockDevice(app, app.container, block, '/dev/xvda');
