import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { StorageValidation, type StorageValidationProps, type ValidationRun } from '../../src';
import { refusal } from '../support/refusal';

const WAITING = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: { name: local-path }
provisioner: rancher.io/local-path
volumeBindingMode: WaitForFirstConsumer
`;

const STUCK = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: scratch, namespace: shop }
spec:
  accessModes: [ReadWriteOnce]
  storageClassName: local-path
  resources: { requests: { storage: 1Gi } }
---
apiVersion: v1
kind: Pod
metadata: { name: writer, namespace: shop }
spec:
  nodeName: node-1
  containers: [{ name: app, image: "registry.example.com/app:1.0.0" }]
  volumes: [{ name: data, persistentVolumeClaim: { claimName: scratch } }]
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-validation-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** What the validation reports of these manifests. */
async function validate(props: StorageValidationProps, ...manifests: string[]) {
  const violations: unknown[] = [];
  let submitted: unknown;
  const run: ValidationRun = {
    manifests,
    report: {
      addViolation: (violation) => violations.push(violation),
      submit: (status, metadata) => {
        submitted = { status, ...metadata };
      },
    },
  };
  await new StorageValidation(props).validate(run);
  return { violations, submitted };
}

it('reports an error with its resource, file and line, and fails', async () => {
  const classes = write('class.k8s.yaml', WAITING);
  const pods = write('pods.k8s.yaml', STUCK);
  expect(await validate({}, classes, pods)).toEqual({
    submitted: { status: 'failure', errors: '1', warnings: '0', infos: '0' },
    violations: [
      {
        ruleName: 'wffc-nodename (error)',
        recommendation:
          'the pod names node "node-1", past the scheduler, which alone could bind PersistentVolumeClaim shop/scratch of class "local-path": waiting for first consumer to be created before binding',
        fix: 'replace nodeName by nodeSelector { kubernetes.io/hostname: node-1 }',
        violatingResources: [
          { resourceName: 'writer', manifestPath: pods, locations: ['line 13'] },
        ],
      },
    ],
  });
});

it('takes what the cluster has from a file', async () => {
  const existing = write('cluster.yaml', WAITING);
  const pods = write('pods.k8s.yaml', STUCK);
  const { submitted } = await validate({ existing }, pods);
  expect(submitted).toMatchObject({ status: 'failure', errors: '1' });
});

it.each([
  ['never', 'success'],
  ['warning', 'failure'],
  ['error', 'failure'],
] as const)('with failOn %s an error is a %s', async (failOn, status) => {
  const pods = write('pods.k8s.yaml', `${WAITING}---\n${STUCK}`);
  expect((await validate({ failOn }, pods)).submitted).toMatchObject({ status });
});

it('leaves out what is ignored', async () => {
  const pods = write('pods.k8s.yaml', `${WAITING}---\n${STUCK}`);
  const { submitted } = await validate({ ignore: ['wffc-nodename'] }, pods);
  expect(submitted).toMatchObject({ status: 'success', errors: '0' });
});

it('removes what cdk8s writes beside the manifests for the report, and nothing else', async () => {
  const manifest = write('class.k8s.yaml', WAITING);
  const metadata = write('construct-metadata.json', '{"version":"1.0.0","resources":{}}');
  const other = write('notes.json', '{}');
  await validate({}, manifest);
  expect([metadata, manifest, other].map((file) => existsSync(file))).toEqual([false, true, true]);
});

it('leaves a file of that name alone that cdk8s did not write', async () => {
  const manifest = write('class.k8s.yaml', WAITING);
  const metadata = write('construct-metadata.json', '{"mine":true}');
  await validate({}, manifest);
  expect(readFileSync(metadata, 'utf8')).toBe('{"mine":true}');
});

it('says which property is wrong', async () => {
  const props = { kubernete: '1.34' } as never;
  expect(refusal(() => new StorageValidation(props)).message).toBe(
    "'kubernete' is no prop of StorageValidation; did you mean 'kubernetes'?",
  );
  expect(refusal(() => new StorageValidation({ kubernetes: 1.3 as never })).message).toBe(
    "'kubernetes' must be a string, got the number 1.3; put it in quotes",
  );
  const missing = join(folder, 'gone.yaml');
  await expect(validate({ existing: missing })).rejects.toThrow(
    `'existing' must be a file, got '${missing}', which does not exist`,
  );
  const broken = write('broken.yaml', 'a: [');
  await expect(validate({ existing: broken })).rejects.toThrow(
    `'existing' must be a file of manifests, got ${broken}:1: `,
  );
});

it('is declared in our own cdk8s.yaml, and in the example of an app repository', () => {
  const root = join(__dirname, '..', '..');
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const declared = ['cdk8s.yaml', 'examples/app-repo/cdk8s.yaml'].map(
    (file) =>
      (load(readFileSync(join(root, file), 'utf8')) as { validations: unknown }).validations,
  );
  const validation = { version, class: StorageValidation.name };
  expect(declared).toEqual([
    [{ package: './lib/src', ...validation }],
    [{ package: './node_modules/cdk8s-storage', ...validation }],
  ]);
});
