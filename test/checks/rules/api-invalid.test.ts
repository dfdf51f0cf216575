import { type Fields, pv, pvc } from '../../planner/objects';
import { only, refusal } from './api-refusal';
import { found } from './found';

const RULE = 'api-invalid';

function source(spec: Fields): unknown {
  return pv('v', { nfs: undefined, ...spec });
}

function affinity(...terms: readonly unknown[]): Fields {
  return { nodeAffinity: { required: { nodeSelectorTerms: terms } } };
}

const HOST = { key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] };

describe('a volume', () => {
  it('is told of with all that is wrong with it', () => {
    expect(only(pv('v', { modes: [], size: '0', persistentVolumeReclaimPolicy: 'Keep' }))).toEqual({
      rule: RULE,
      severity: 'error',
      object: 'PersistentVolume v',
      message:
        'the API server refuses PersistentVolume v: spec.accessModes: Required value; spec.capacity[storage]: Invalid value: "0": must be greater than zero; spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"',
      fix: "set spec.accessModes, and correct spec.capacity[storage], and set spec.persistentVolumeReclaimPolicy to 'Delete', 'Recycle' or 'Retain'",
    });
  });

  it.each([
    [
      pv('v', { modes: ['ReadWriteAll'] }),
      'spec.accessModes: Unsupported value: "ReadWriteAll": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"',
    ],
    [
      pv('v', { modes: 'ReadWriteOnce' }),
      'json: cannot unmarshal string into Go struct field PersistentVolumeSpec.spec.accessModes of type []v1.PersistentVolumeAccessMode',
    ],
    [pv('v', { capacity: {} }), 'spec.capacity: Required value'],
    [
      pv('v', { capacity: { storage: '1Gi', iops: '5' } }),
      'spec.capacity: Unsupported value: {"storage":"1Gi","iops":"5"}: supported values: "storage"',
    ],
    [
      pv('v', { capacity: { storage: '10GB' } }),
      'spec.capacity[storage]: Invalid value: "10GB": quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
    ],
    [
      pv('v', { capacity: { storage: '-1Gi' } }),
      'spec.capacity[storage]: Invalid value: "-1Gi": must be greater than zero',
    ],
    [source({}), 'spec: Required value: must specify a volume type'],
    [
      pv('v', { hostPath: { path: '/data' } }),
      'spec.hostPath: Forbidden: may not specify more than 1 volume type',
    ],
    [
      source({ local: { path: '/mnt/disk' } }),
      'spec.nodeAffinity: Required value: Local volume requires node affinity',
    ],
    [
      pv('v', { nodeAffinity: {} }),
      'spec.nodeAffinity.required: Required value: must specify required node constraints',
    ],
    [
      pv('v', affinity()),
      'spec.nodeAffinity.required.nodeSelectorTerms: Required value: must have at least one node selector term',
    ],
    [
      pv('v', affinity({ matchExpressions: [{ ...HOST, values: [] }] })),
      "spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    ],
    [
      pv('v', affinity({ matchExpressions: [{ ...HOST, operator: 'Is' }] })),
      'spec.nodeAffinity.required.nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator',
    ],
    [
      source({ hostPath: { path: '/data/../etc' } }),
      'spec.hostPath.path: Invalid value: "/data/../etc": must not contain \'..\'',
    ],
    [source({ hostPath: {} }), 'spec.hostPath.path: Required value'],
    [
      source({ hostPath: { path: '/', type: 'Folder' } }),
      'spec.hostPath.type: Unsupported value: "Folder": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"',
    ],
    [
      source({ hostPath: { path: '//' }, persistentVolumeReclaimPolicy: 'Recycle' }),
      "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'",
    ],
    [
      source({ nfs: { server: '10.0.0.1', path: 'data' } }),
      'spec.nfs.path: Invalid value: "data": must be an absolute path',
    ],
    [source({ nfs: { path: '/data' } }), 'spec.nfs.server: Required value'],
    [source({ csi: { driver: 'ebs.csi.aws.com' } }), 'spec.csi.volumeHandle: Required value'],
    [source({ csi: { volumeHandle: 'x' } }), 'spec.csi.driver: Required value'],
    [
      source({ csi: { driver: 'd', volumeHandle: 'x', nodeStageSecretRef: { name: 's' } } }),
      'spec.csi.nodeStageSecretRef.namespace: Required value',
    ],
    [source({ iscsi: { targetPortal: '10.0.0.1' } }), 'spec.iscsi.iqn: Required value'],
    [
      pv('v', { storageClassName: 'Slow_Disks' }),
      "spec.storageClassName: Invalid value: \"Slow_Disks\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    ],
    [
      pv('v', { volumeMode: 'Raw' }),
      'spec.volumeMode: Unsupported value: "Raw": supported values: "Block", "Filesystem"',
    ],
    [
      pv('v', { volumeAttributesClassName: 'gold' }),
      'spec.csi: Required value: has to be specified when using volumeAttributesClassName',
    ],
    [
      pv('v', { metadata: { labels: { tier: 1 } } }),
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
    [
      pv('Data_1'),
      "metadata.name: Invalid value: \"Data_1\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    ],
  ])('is refused (%#)', (object, text) => {
    expect(refusal(object)).toBe(text);
  });

  it.each([
    [
      'a relative local path',
      source({ local: { path: 'disk' }, ...affinity({ matchExpressions: [HOST] }) }),
    ],
    ['an empty term', pv('v', affinity({}))],
    ['any claimRef', pv('v', { claimRef: { name: 'x' } })],
    ['a number of bytes', pv('v', { capacity: { storage: 1073741824 } })],
    ['nulls', pv('v', { volumeMode: null, nodeAffinity: null, hostPath: null, claimRef: null })],
    ['modes that another rule tells of', pv('v', { modes: ['ReadWriteOnce', 'ReadWriteOncePod'] })],
    [
      'a long value in its affinity',
      pv('v', affinity({ matchExpressions: [{ ...HOST, values: ['n'.repeat(70)] }] })),
    ],
    ['a uid, because the API server has taken it', pv('v', { modes: [], metadata: { uid: '1' } })],
    [
      'Gt in its affinity',
      pv('v', affinity({ matchExpressions: [{ key: 'cpu', operator: 'Gt', values: ['4'] }] })),
    ],
  ])('is taken with %s', (_, object) => {
    expect(refusal(object)).toBeUndefined();
  });

  it('may have a VolumeAttributesClass before 1.34, where the field is dropped', () => {
    const objects = [pv('v', { volumeAttributesClassName: '' })];
    expect(found(RULE, objects, { kubernetes: '1.33' })).toEqual([]);
    expect(found(RULE, objects, { kubernetes: '1.34' })).toHaveLength(1);
  });

  it('that exists is not judged', () => {
    expect(found(RULE, [], { existing: [pv('v', { modes: [] })] })).toEqual([]);
  });
});

describe('a claim', () => {
  it.each([
    [
      pvc('c', { modes: [] }),
      'spec.accessModes: Required value: at least 1 access mode is required',
    ],
    [pvc('c', { resources: {} }), 'spec.resources[storage]: Required value'],
    [
      pvc('c', { size: '0' }),
      'spec.resources[storage]: Invalid value: "0": must be greater than zero',
    ],
    [
      pvc('c', {
        selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] },
      }),
      "spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    ],
    [
      pvc('c', { selector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] } }),
      'spec.selector.matchExpressions[0].operator: Invalid value: "Gt": not a valid selector operator',
    ],
    [
      pvc('c', { selector: { matchLabels: { tier: true } } }),
      'json: cannot unmarshal bool into Go struct field LabelSelector.matchLabels of type string',
    ],
    [
      pvc('c', { volumeMode: 'block' }),
      'spec.volumeMode: Unsupported value: "block": supported values: "Block", "Filesystem"',
    ],
    [
      pvc('c', { storageClassName: 5 }),
      'json: cannot unmarshal number into Go struct field PersistentVolumeClaimSpec.spec.storageClassName of type string',
    ],
    [
      pvc('c', { dataSourceRef: { kind: 'VolumeSnapshot', name: 'x' } }),
      'spec.dataSourceRef: Invalid value: "VolumeSnapshot": must be \'PersistentVolumeClaim\' when referencing the default apiGroup',
    ],
    [
      pvc('c', { dataSourceRef: { kind: 'PersistentVolumeClaim' } }),
      'spec.dataSourceRef.name: Required value',
    ],
    [
      pvc('c', {
        dataSource: { kind: 'PersistentVolumeClaim', name: 'x' },
        dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'y' },
      }),
      'spec: Invalid value: "spec.dataSource": must match dataSourceRef',
    ],
    [
      pvc('c', { metadata: { annotations: { note: 1 } } }),
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.annotations of type string',
    ],
  ])('is refused (%#)', (object, text) => {
    expect(refusal(object)).toBe(text);
  });

  it('is mended where it can be said how', () => {
    expect(only(pvc('c', { resources: {} }))?.fix).toBe('set spec.resources.requests.storage');
  });

  it.each([
    ['an empty selector', pvc('c', { selector: {} })],
    ['null for a selector', pvc('c', { selector: null })],
    ['an empty class', pvc('c', { storageClassName: '' })],
    ['a source that is dropped', pvc('c', { dataSource: { kind: 'Secret' } })],
    [
      'a snapshot',
      pvc('c', {
        dataSource: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'x' },
      }),
    ],
    ['a number as its size', pvc('c', { size: 1000 })],
    [
      'an annotation whose prefix has capital letters',
      pvc('c', { metadata: { annotations: { 'Example.com/note': 'x' } } }),
    ],
  ])('is taken with %s', (_, object) => {
    expect(refusal(object)).toBeUndefined();
  });
});

describe('a class', () => {
  const of = (fields: Fields, metadata: Fields = {}): unknown => ({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'disks', ...metadata },
    provisioner: 'ebs.csi.aws.com',
    ...fields,
  });
  const zone = (...values: readonly string[]) => ({
    matchLabelExpressions: [{ key: 'topology.kubernetes.io/zone', values }],
  });

  it('is told what to put in quotes', () => {
    expect(only(of({ parameters: { iopsPerGB: 10 } }))).toMatchObject({
      message:
        'the API server refuses StorageClass disks: json: cannot unmarshal number into Go struct field StorageClass.parameters of type string',
      fix: 'put the value of parameters[iopsPerGB] in quotes: "10"',
    });
  });

  it.each([
    [of({ provisioner: '' }), 'provisioner: Required value'],
    [
      of({ provisioner: 'a b' }),
      "provisioner: Invalid value: \"a b\": a qualified name must consist of alphanumeric characters, '-', '_' or '.', with an optional DNS subdomain prefix and '/'",
    ],
    [
      of({ reclaimPolicy: 'Recycle' }),
      'reclaimPolicy: Unsupported value: "Recycle": supported values: "Delete", "Retain"',
    ],
    [
      of({ volumeBindingMode: 'Late' }),
      'volumeBindingMode: Unsupported value: "Late": supported values: "Immediate", "WaitForFirstConsumer"',
    ],
    [
      of({ allowVolumeExpansion: 'true' }),
      'json: cannot unmarshal string into Go struct field StorageClass.allowVolumeExpansion of type bool',
    ],
    [
      of({ allowedTopologies: [zone('a', 'b'), zone('b', 'a')] }),
      'allowedTopologies[1].matchLabelExpressions: Duplicate value: ""',
    ],
    [
      of({ allowedTopologies: [zone('a', 'a')] }),
      'allowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: "a"',
    ],
    [
      of({ allowedTopologies: [zone()] }),
      'allowedTopologies[0].matchLabelExpressions[0].values: Required value',
    ],
    [
      of({}, { annotations: { 'storageclass.kubernetes.io/is-default-class': true } }),
      'json: cannot unmarshal bool into Go struct field ObjectMeta.metadata.annotations of type string',
    ],
    [
      of({ mountOptions: [4.1] }),
      'json: cannot unmarshal number into Go struct field StorageClass.mountOptions of type string',
    ],
  ])('is refused (%#)', (object, text) => {
    expect(refusal(object)).toBe(text);
  });

  it.each([
    ['capital letters in the provisioner', of({ provisioner: 'Example.com/NFS' })],
    ['different zones', of({ allowedTopologies: [zone('a'), zone('b')] })],
    ['nothing but a provisioner', of({})],
    ['null parameters', of({ parameters: null, reclaimPolicy: null })],
    [
      'an API version that is gone, of which another rule tells',
      of({ apiVersion: 'storage.k8s.io/v1beta1', reclaimPolicy: 'Recycle' }),
    ],
  ])('is taken with %s', (_, object) => {
    expect(refusal(object)).toBeUndefined();
  });
});
