import { planStorage } from '../../../src/checks/plan-storage';
import type { Finding } from '../../../src/planner/plan';
import { pv, pvc } from '../../planner/objects';

function findings(object: unknown): readonly Finding[] {
  return planStorage([object], { existing: [] }).findings;
}

function refusals(object: unknown): readonly string[] {
  return findings(object).map(({ rule, message }) =>
    `${rule}: ${message}`.replace(/the API server refuses [^:]+: /, ''),
  );
}

function deployment(pod: unknown): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: pod },
    },
  };
}

const CONTAINER = { name: 'web', image: 'registry.example.com/shop:1.4.2' };

const POD = 'spec.template.spec';

describe('a value of another type than its field', () => {
  it.each<[pod: unknown, text: string]>([
    ['none', 'string into Go struct field PodTemplateSpec.spec.template.spec of type v1.PodSpec'],
    [
      { containers: CONTAINER },
      `object into Go struct field PodSpec.${POD}.containers of type []v1.Container`,
    ],
    [
      { containers: [CONTAINER], volumes: { name: 'data' } },
      `object into Go struct field PodSpec.${POD}.volumes of type []v1.Volume`,
    ],
    [
      { containers: [CONTAINER], volumes: ['data'] },
      `string into Go struct field PodSpec.${POD}.volumes of type v1.Volume`,
    ],
    [
      {
        containers: [CONTAINER],
        volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 7 } }],
      },
      `number into Go struct field PersistentVolumeClaimVolumeSource.${POD}.volumes.persistentVolumeClaim.claimName of type string`,
    ],
    [
      { containers: [CONTAINER], volumes: [{ name: 'data', hostPath: '/data' }] },
      `string into Go struct field Volume.${POD}.volumes.hostPath of type v1.HostPathVolumeSource`,
    ],
    [
      {
        containers: [
          { ...CONTAINER, volumeMounts: [{ name: 'tmp', mountPath: '/tmp', readOnly: 'true' }] },
        ],
        volumes: [{ name: 'tmp', emptyDir: {} }],
      },
      `string into Go struct field VolumeMount.${POD}.containers.volumeMounts.readOnly of type bool`,
    ],
    [
      { containers: [CONTAINER], nodeSelector: { ssd: true } },
      `bool into Go struct field PodSpec.${POD}.nodeSelector of type string`,
    ],
    [
      { containers: [CONTAINER], affinity: { podAntiAffinity: [] } },
      `array into Go struct field Affinity.${POD}.affinity.podAntiAffinity of type v1.PodAntiAffinity`,
    ],
  ])('is refused in the pods of a Deployment: %j', (pod, text) => {
    expect(refusals(deployment(pod))).toEqual([`api-invalid: json: cannot unmarshal ${text}`]);
  });

  it.each<[object: unknown, text: string]>([
    [
      pv('v', { claimRef: 'shop/uploads' }),
      'string into Go struct field PersistentVolumeSpec.spec.claimRef of type v1.ObjectReference',
    ],
    [
      pv('v', { mountOptions: 'hard,nfsvers=4.1' }),
      'string into Go struct field PersistentVolumeSpec.spec.mountOptions of type []string',
    ],
    [
      pv('v', { nfs: undefined, csi: { driver: 'd', nodeStageSecretRef: { name: false } } }),
      'bool into Go struct field SecretReference.spec.csi.nodeStageSecretRef.name of type string',
    ],
    [
      pv('v', { metadata: { labels: ['gold'] } }),
      'array into Go struct field ObjectMeta.metadata.labels of type map[string]string',
    ],
  ])('is refused in a volume: %j', (object, text) => {
    expect(refusals(object)).toEqual([`api-invalid: json: cannot unmarshal ${text}`]);
  });

  it('is refused in a claim and in a class', () => {
    expect(refusals(pvc('c', { volumeName: 7 }))).toContain(
      'api-invalid: json: cannot unmarshal number into Go struct field PersistentVolumeClaimSpec.spec.volumeName of type string',
    );
    const storageClass = {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: 'disks' },
      provisioner: 'ebs.csi.aws.com',
      allowedTopologies: { zone: 'a' },
    };
    expect(refusals(storageClass)).toEqual([
      'api-invalid: json: cannot unmarshal object into Go struct field StorageClass.allowedTopologies of type []v1.TopologySelectorTerm',
    ]);
  });

  it('is told of a StatefulSet by one rule, though its pods are looked at by another', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace: 'shop' },
      spec: {
        serviceName: 'db',
        selector: { matchLabels: { app: 'db' } },
        template: {
          metadata: { labels: { app: 'db' } },
          spec: { containers: [{ ...CONTAINER, volumeMounts: [{ name: 'data', mountPath: 7 }] }] },
        },
      },
    };
    expect(refusals(set)).toEqual([
      `api-invalid: json: cannot unmarshal number into Go struct field VolumeMount.${POD}.containers.volumeMounts.mountPath of type string`,
    ]);
  });

  it.each([
    [{ containers: CONTAINER }, 'make spec.template.spec.containers a list'],
    [{ nodeSelector: 'ssd' }, 'make spec.template.spec.nodeSelector a mapping'],
    [{ nodeName: ['node-1'] }, 'make spec.template.spec.nodeName a text'],
    [{ nodeName: 1 }, 'put the value of spec.template.spec.nodeName in quotes: "1"'],
    [
      { volumes: [{ name: 'n', nfs: { server: 's', path: '/p', readOnly: 'no' } }] },
      'make spec.template.spec.volumes[0].nfs.readOnly true or false',
    ],
    [
      { volumes: [{ name: 'e', emptyDir: { sizeLimit: true } }] },
      'make spec.template.spec.volumes[0].emptyDir.sizeLimit an amount',
    ],
    [
      { topologySpreadConstraints: [{ maxSkew: '1' }] },
      'make spec.template.spec.topologySpreadConstraints[0].maxSkew a number',
    ],
  ])('is mended as it is to be read: %j', (pod, fix) => {
    expect(findings(deployment(pod)).map((finding) => finding.fix)).toEqual([fix]);
  });
});

it('takes a number for an amount, a percentage for a count, and null for anything', () => {
  const pod = {
    containers: [{ ...CONTAINER, volumeMounts: null }],
    nodeSelector: null,
    affinity: { podAntiAffinity: null },
    volumes: [{ name: 'tmp', emptyDir: { sizeLimit: 1_000_000 } }],
  };
  const web = deployment(pod) as { spec: object };
  const strategy = { rollingUpdate: { maxSurge: '50%', maxUnavailable: 0 } };
  expect(refusals({ ...web, spec: { ...web.spec, strategy } })).toEqual([]);
});
