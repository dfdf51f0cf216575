// Harbor's parts are each on a class or in a claim, and no claim that they cannot write.
import type { Chart } from 'cdk8s';
import {
  Claim,
  EbsStorageClass,
  type HarborApplicationProps,
  HarborOnStorage,
  type HarborOnStorageProps,
  type HarborSecrets,
  type HarborStorage,
  type IStorageClass,
  NfsVolume,
} from 'cdk8s-storage';

declare const chart: Chart;
declare const from: IStorageClass;

const disks = new EbsStorageClass(chart, 'disks', { volume: { type: 'gp3' } });
const shared = new NfsVolume(chart, 'nfs', { server: 'nfs', path: '/srv', capacity: '9Gi' });
const device = disks.claim(chart, 'device', { size: '1Gi', volumeMode: 'Block' });
const readOnly = Claim.fromClaimName(chart, 'r', 'r', { accessMode: 'ReadOnlyMany' });

const PARTS = {
  registry: { claim: shared, subPath: 'images' },
  jobLog: { claim: shared, subPath: 'logs' },
  database: { from: disks, size: '20Gi' },
  redis: { from },
  trivy: { from, accessMode: 'ReadWriteOnce' },
} as const;

// A class, a claim, or a word in the place of some.
const harbor = new HarborOnStorage(chart, 'a', PARTS);
new HarborOnStorage(chart, 'b', { ...PARTS, jobLog: 'database', trivy: 'disabled' });
new HarborOnStorage(chart, 'c', { ...PARTS, database: 'external', redis: 'external' });
new HarborOnStorage(chart, 'd', { ...PARTS, database: { from, allowNfs: true } });
new HarborOnStorage(chart, 'e', { ...PARTS, database: { claim: shared, allowNfs: true } });

// An interface is an object: values need no index signature.
interface Exposed {
  readonly expose: { readonly type: 'ingress' };
}
declare const values: Exposed;
new HarborOnStorage(chart, 'f', { ...PARTS, values, updateStrategy: 'Recreate' });

export const storages: HarborStorage[] = [
  // @ts-expect-error a class or a claim
  {},
  // @ts-expect-error not both
  { from, claim: shared },
  // @ts-expect-error a device is no folder
  { claim: device },
  // @ts-expect-error Harbor writes
  { claim: readOnly },
  // @ts-expect-error nor can a class's claim be read only
  { from, accessMode: 'ReadOnlyMany' },
  // @ts-expect-error the name of a class is no class
  { from: 'gp3' },
  // @ts-expect-error the name of a claim is no claim
  { claim: 'images' },
  // @ts-expect-error a claim has its size
  { claim: shared, size: '1Gi' },
  // @ts-expect-error a claim has its mode
  { claim: shared, accessMode: 'ReadWriteMany' },
  // @ts-expect-error a claim of its own is used as a whole
  { from, subPath: 'images' },
  // @ts-expect-error no quantity
  { from, size: '10GB' },
  // @ts-expect-error only the database's files are told of NFS
  { from, allowNfs: true },
];

export const wrong: HarborOnStorageProps[] = [
  // @ts-expect-error every part is said
  { registry: { from }, jobLog: { from }, database: { from }, redis: { from } },
  // @ts-expect-error images are on storage
  { ...PARTS, registry: 'external' },
  // @ts-expect-error a job log is in the database, not outside
  { ...PARTS, jobLog: 'external' },
  // @ts-expect-error a scanner is there or not
  { ...PARTS, trivy: 'external' },
  // @ts-expect-error no such strategy
  { ...PARTS, updateStrategy: 'OnDelete' },
  // @ts-expect-error the database has one pod
  { ...PARTS, replicas: { database: 2 } },
  // @ts-expect-error a misspelt prop
  { ...PARTS, externalURL: 'https://harbor.example.com' },
];

export const secrets: HarborSecrets[] = [
  // @ts-expect-error all of them
  { adminPassword: 'a', secretKey: 'b', internal: 'c' },
];

harbor.application(chart, 'g');
harbor.application(chart, 'h', { destination: { name: 'east' }, automated: {} });
export const applications: HarborApplicationProps[] = [
  // @ts-expect-error a cluster by its address or by its name
  { destination: { server: 'https://10.0.0.1', name: 'east' } },
  // @ts-expect-error the namespace is Harbor's
  { destination: { namespace: 'other' } },
  // @ts-expect-error the source is Harbor's chart
  { source: { repoUrl: 'https://git.example.com/x.git', path: 'dist' } },
];
