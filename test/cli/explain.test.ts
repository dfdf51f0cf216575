import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLine } from './command-line';

const LIST = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    volume('small', { capacity: { storage: '5Gi' } }),
    volume('other-class', { storageClassName: 'fast' }),
    volume('fits', {}),
    volume('once', { accessModes: ['ReadWriteOnce'] }),
    volume('larger', { capacity: { storage: '50Gi' } }),
    claim('shop', 'uploads', '10Gi'),
    claim('shop', 'huge', '1Ti'),
    claim('blog', 'uploads', '10Gi', 'gone'),
  ],
});

function volume(name: string, spec: object): unknown {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage: '10Gi' },
      accessModes: ['ReadWriteMany'],
      storageClassName: '',
      persistentVolumeReclaimPolicy: 'Retain',
      nfs: { server: '10.0.0.10', path: `/exports/${name}` },
      ...spec,
    },
  };
}

function claim(namespace: string, name: string, storage: string, storageClassName = ''): unknown {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace, name },
    spec: {
      accessModes: ['ReadWriteMany'],
      storageClassName,
      resources: { requests: { storage } },
    },
  };
}

it('names the volume, and of every other one the first rule that it fails', async () => {
  const { code, stdout } = await commandLine(['explain', '-', 'shop/uploads'], { stdin: LIST });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `shop/uploads: bound

It can bind to:
  fits

Not to:
  small        size: 5Gi is less than the 10Gi requested
  other-class  class: class "fast", the claim's is ""
  once         access-modes: ReadWriteOnce, the claim asks for ReadWriteMany
  larger       outranked: it serves, and another volume is taken before it
`,
  });
});

it('says what kubectl describe will say, and what is found on the claim', async () => {
  const { code, stdout } = await commandLine(['explain', '-', 'huge'], { stdin: LIST });
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^shop\/huge: pending\n\nkubectl describe pvc will say:\n {2}FailedBinding: no persistent volumes available for this claim and no storage class is set\n\nNo volume serves it:\n {2}small {8}size: 5Gi is less than the 1Ti requested\n/,
  );
  expect(stdout).toContain('\nerror pvc-no-matching-pv: ');
});

it('tells it as JSON', async () => {
  const { stdout } = await commandLine(['explain', '--format', 'json', '-', 'shop/uploads'], {
    stdin: LIST,
  });
  expect(JSON.parse(stdout)).toMatchObject({
    claim: 'shop/uploads',
    outcomes: ['bound'],
    deterministic: true,
    volumes: ['fits'],
    findings: [],
  });
  expect(JSON.parse(stdout).rejected).toHaveLength(4);
});

it('explains with what the cluster has', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-explain-'));
  try {
    const existing = join(folder, 'cluster.json');
    writeFileSync(existing, JSON.stringify(volume('there', {})));
    const manifests = join(folder, 'claim.json');
    writeFileSync(manifests, JSON.stringify(claim('shop', 'uploads', '1Gi')));
    const { stdout } = await commandLine(['explain', '--existing', existing, manifests, 'uploads']);
    expect(stdout).toBe('shop/uploads: bound\n\nIt can bind to:\n  there\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each([
  ['shop/upload', "no claim 'shop/upload' in the input; did you mean 'shop/uploads'?"],
  ['other', "no claim 'other' in the input; it has shop/uploads, shop/huge, blog/uploads"],
  ['uploads', "'uploads' is the name of several claims; say which: 'shop/uploads', 'blog/uploads'"],
])('exits with 2 on %s', async (wanted, message) => {
  expect(await commandLine(['explain', '-', wanted], { stdin: LIST })).toEqual({
    code: 2,
    stdout: '',
    stderr: `error: ${message}\n`,
  });
});

it('exits with 2 where no claim is named, or the input is not whole', async () => {
  expect(await commandLine(['explain', 'shop/uploads'])).toEqual({
    code: 2,
    stdout: '',
    stderr: "error: explain takes paths and a claim, got 'shop/uploads' alone\n",
  });
  const broken = await commandLine(['explain', '-', 'shop/uploads'], { stdin: 'kind: [\n' });
  expect(broken).toMatchObject({ code: 2, stdout: '' });
  expect(broken.stderr).toMatch(
    /^error: explain needs all of the input: standard input:[12]: [^\n]+\n$/,
  );
});
