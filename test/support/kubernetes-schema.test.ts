import { kubernetesProblems } from './kubernetes-schema';

const deployment = (container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', labels: { any: 'label' }, annotations: { 'any.example/note': 'x' } },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'web:1', ...container }], ...spec },
    },
    strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
  },
});

describe('an object by the schema of its kind', () => {
  test('has no problem where every field is known, maps, quantities and IntOrStrings included', () => {
    const object = deployment(
      {
        resources: { requests: { cpu: '100m', memory: '64Mi', 'example.com/gpu': 1 } },
        livenessProbe: { httpGet: { path: '/', port: 'http' } },
        env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
      },
      { nodeSelector: { any: 'node' }, volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '1Gi' } }] },
    );
    expect(kubernetesProblems(object)).toEqual([]);
  });

  test.each([
    [{ ...deployment({}), extra: 1 }, 'unknown field /extra'],
    [{ ...deployment({}), metadata: { name: 'web', label: {} } }, 'unknown field /metadata/label'],
    [
      deployment({ resources: { requets: {} } }),
      'unknown field /spec/template/spec/containers/0/resources/requets',
    ],
    [
      deployment({}, { volumes: [{ name: 'tmp', emptyDir: { size: '1Gi' } }] }),
      'unknown field /spec/template/spec/volumes/0/emptyDir/size',
    ],
    [
      deployment({ env: [{ name: 'A', valueFrom: { fieldRef: { path: 'x', fieldPath: 'y' } } }] }),
      'unknown field /spec/template/spec/containers/0/env/0/valueFrom/fieldRef/path',
    ],
  ])('fails with an unknown field (%#): $1', (object, problem) => {
    expect(kubernetesProblems(object)).toEqual([problem]);
  });

  test.each([
    [deployment({ image: 5 }), 'data/spec/template/spec/containers/0/image must be string'],
    [
      { ...deployment({}), spec: { selector: {} } },
      'data/spec must have required property template',
    ],
    [
      {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        spec: { accessModes: ['ReadWriteOften'] },
      },
      'data/spec/accessModes/0 must be equal to one of the allowed values',
    ],
  ])('fails with a field of the wrong type: %j', (object, problem) => {
    expect(kubernetesProblems(object)).toContain(problem);
  });

  test('fails with an unknown field beside a wrong one', () => {
    expect(kubernetesProblems(deployment({ image: 5, iamge: 'x' }))).toEqual([
      'data/spec/template/spec/containers/0/image must be string',
      'unknown field /spec/template/spec/containers/0/iamge',
    ]);
  });

  test.each([
    { apiVersion: 'apps/v1', kind: 'Deploymnt' },
    { apiVersion: 'apps/v9', kind: 'Deployment' },
    { apiVersion: '../../..', kind: 'package' },
    { kind: 'Deployment' },
    {},
  ])('is undefined where the kind is unknown: %j', (object) => {
    expect(kubernetesProblems(object)).toBeUndefined();
  });
});
