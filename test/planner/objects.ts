/** Fields of an object's spec and metadata, as a test gives them. */
export interface Fields {
  readonly [field: string]: unknown;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** A volume of 10Gi that many nodes can read and one can write, of class `manual`. */
export function pv(name: string, { metadata, status, ...spec }: Fields = {}): unknown {
  const { size = '10Gi', modes = ['ReadWriteOnce'], ...rest } = spec;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name, ...metadata },
    spec: {
      capacity: { storage: size },
      accessModes: modes,
      storageClassName: 'manual',
      nfs: { server: '10.0.0.1', path: '/data' },
      ...rest,
    },
    status,
  };
}

/** A claim for 1Gi of class `manual`, in namespace shop. */
export function pvc(name: string, { metadata, status, ...spec }: Fields = {}): unknown {
  const { size = '1Gi', modes = ['ReadWriteOnce'], ...rest } = spec;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, namespace: 'shop', ...metadata },
    spec: {
      accessModes: modes,
      resources: { requests: { storage: size } },
      storageClassName: 'manual',
      ...rest,
    },
    status,
  };
}

/** A class, waiting where told so. */
export function storageClass(
  name: string,
  provisioner: string,
  { waits = false, metadata = {} }: { waits?: boolean; metadata?: object } = {},
): unknown {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, ...metadata },
    provisioner,
    volumeBindingMode: waits ? 'WaitForFirstConsumer' : 'Immediate',
  };
}

/** A pod that uses a claim. */
export function pod(name: string, claimName: string, spec: object = {}): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' },
    spec: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }], ...spec },
  };
}

/** A reference to a claim in namespace shop. */
export function claimRef(name: string, uid?: string): object {
  return { namespace: 'shop', name, ...(uid === undefined ? {} : { uid }) };
}

/** Classes of the kinds that there are. */
export const MANUAL = storageClass('manual', 'kubernetes.io/no-provisioner');
export const WAIT = storageClass('wait', 'kubernetes.io/no-provisioner', { waits: true });
export const EXTERNAL = storageClass('external', 'ebs.csi.aws.com');
