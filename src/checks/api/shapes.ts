import { list, MAPPING, type Struct, struct, TEXTS } from './shape';

// Of each kind, the fields that the plan rests on, and whose type nothing else looks at.
// Source: Kubernetes API, k8s.io/api, core/v1, apps/v1, batch/v1, autoscaling/v2 and storage/v1.

const METADATA = struct('v1.ObjectMeta', {
  namespace: 'string',
  labels: MAPPING,
  annotations: MAPPING,
});

const EXPRESSIONS = list(
  struct('v1.LabelSelectorRequirement', {
    key: 'string',
    operator: 'string',
    values: list('string'),
  }),
);

const LABEL_SELECTOR = struct('v1.LabelSelector', {
  matchLabels: TEXTS,
  matchExpressions: EXPRESSIONS,
});

const NODE_TERM = struct('v1.NodeSelectorTerm', {
  matchExpressions: list(
    struct('v1.NodeSelectorRequirement', {
      key: 'string',
      operator: 'string',
      values: list('string'),
    }),
  ),
});

const NODE_SELECTOR = struct('v1.NodeSelector', { nodeSelectorTerms: list(NODE_TERM) });

const POD_TERM = struct('v1.PodAffinityTerm', {
  labelSelector: LABEL_SELECTOR,
  namespaceSelector: LABEL_SELECTOR,
  namespaces: list('string'),
  topologyKey: 'string',
});

function affinityOfPods(type: string): Struct {
  return struct(type, {
    requiredDuringSchedulingIgnoredDuringExecution: list(POD_TERM),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      struct('v1.WeightedPodAffinityTerm', { weight: 'int32', podAffinityTerm: POD_TERM }),
    ),
  });
}

const AFFINITY = struct('v1.Affinity', {
  nodeAffinity: struct('v1.NodeAffinity', {
    requiredDuringSchedulingIgnoredDuringExecution: NODE_SELECTOR,
    preferredDuringSchedulingIgnoredDuringExecution: list(
      struct('v1.PreferredSchedulingTerm', { weight: 'int32', preference: NODE_TERM }),
    ),
  }),
  podAffinity: affinityOfPods('v1.PodAffinity'),
  podAntiAffinity: affinityOfPods('v1.PodAntiAffinity'),
});

const CONTAINERS = list(
  struct('v1.Container', {
    name: 'string',
    image: 'string',
    volumeMounts: list(
      struct('v1.VolumeMount', {
        name: 'string',
        mountPath: 'string',
        subPath: 'string',
        subPathExpr: 'string',
        mountPropagation: 'string',
        readOnly: 'bool',
      }),
    ),
    volumeDevices: list(struct('v1.VolumeDevice', { name: 'string', devicePath: 'string' })),
  }),
);

const VOLUMES = list(
  struct('v1.Volume', {
    name: 'string',
    awsElasticBlockStore: struct('v1.AWSElasticBlockStoreVolumeSource', {
      volumeID: 'string',
      fsType: 'string',
      partition: 'int32',
      readOnly: 'bool',
    }),
    configMap: struct('v1.ConfigMapVolumeSource', { name: 'string', optional: 'bool' }),
    csi: struct('v1.CSIVolumeSource', {
      driver: 'string',
      fsType: 'string',
      readOnly: 'bool',
      volumeAttributes: TEXTS,
    }),
    emptyDir: struct('v1.EmptyDirVolumeSource', {
      medium: 'string',
      sizeLimit: 'resource.Quantity',
    }),
    ephemeral: struct('v1.EphemeralVolumeSource', {
      volumeClaimTemplate: struct('v1.PersistentVolumeClaimTemplate', {
        metadata: METADATA,
        spec: struct('v1.PersistentVolumeClaimSpec', {}),
      }),
    }),
    hostPath: struct('v1.HostPathVolumeSource', { path: 'string', type: 'string' }),
    iscsi: struct('v1.ISCSIVolumeSource', {
      targetPortal: 'string',
      iqn: 'string',
      lun: 'int32',
      fsType: 'string',
      readOnly: 'bool',
    }),
    nfs: struct('v1.NFSVolumeSource', { server: 'string', path: 'string', readOnly: 'bool' }),
    persistentVolumeClaim: struct('v1.PersistentVolumeClaimVolumeSource', {
      claimName: 'string',
      readOnly: 'bool',
    }),
    projected: struct('v1.ProjectedVolumeSource', {
      sources: list(struct('v1.VolumeProjection', {})),
    }),
    secret: struct('v1.SecretVolumeSource', { secretName: 'string', optional: 'bool' }),
  }),
);

const POD_SPEC = struct('v1.PodSpec', {
  nodeName: 'string',
  nodeSelector: TEXTS,
  restartPolicy: 'string',
  tolerations: list(
    struct('v1.Toleration', {
      key: 'string',
      operator: 'string',
      value: 'string',
      effect: 'string',
    }),
  ),
  topologySpreadConstraints: list(
    struct('v1.TopologySpreadConstraint', {
      maxSkew: 'int32',
      minDomains: 'int32',
      topologyKey: 'string',
      whenUnsatisfiable: 'string',
      labelSelector: LABEL_SELECTOR,
    }),
  ),
  affinity: AFFINITY,
  initContainers: CONTAINERS,
  containers: CONTAINERS,
  volumes: VOLUMES,
});

const TEMPLATE = struct('v1.PodTemplateSpec', { metadata: METADATA, spec: POD_SPEC });

/** How many pods a kind asks for, and how it selects them. */
const SELECTING = {
  replicas: 'int32',
  selector: struct('v1.LabelSelector', {
    matchLabels: MAPPING,
    matchExpressions: list(struct('v1.LabelSelectorRequirement', {})),
  }),
  template: TEMPLATE,
} as const;

const ROLLING_UPDATE = {
  maxSurge: 'intstr.IntOrString',
  maxUnavailable: 'intstr.IntOrString',
} as const;

const JOB_SPEC = struct('v1.JobSpec', {
  parallelism: 'int32',
  completions: 'int32',
  suspend: 'bool',
  template: TEMPLATE,
});

function kind(name: string, spec: Struct): Struct {
  return struct(`v1.${name}`, { metadata: METADATA, spec });
}

/** What makes pods, or scales what does, by kind. */
export const WORKLOAD_SHAPES: Readonly<Record<string, Struct>> = {
  Pod: kind('Pod', POD_SPEC),
  ReplicationController: kind(
    'ReplicationController',
    struct('v1.ReplicationControllerSpec', {
      replicas: 'int32',
      selector: TEXTS,
      template: TEMPLATE,
    }),
  ),
  Deployment: kind(
    'Deployment',
    struct('v1.DeploymentSpec', {
      ...SELECTING,
      strategy: struct('v1.DeploymentStrategy', {
        type: 'string',
        rollingUpdate: struct('v1.RollingUpdateDeployment', ROLLING_UPDATE),
      }),
    }),
  ),
  ReplicaSet: kind('ReplicaSet', struct('v1.ReplicaSetSpec', SELECTING)),
  DaemonSet: kind(
    'DaemonSet',
    struct('v1.DaemonSetSpec', {
      ...SELECTING,
      updateStrategy: struct('v1.DaemonSetUpdateStrategy', {
        type: 'string',
        rollingUpdate: struct('v1.RollingUpdateDaemonSet', ROLLING_UPDATE),
      }),
    }),
  ),
  StatefulSet: kind(
    'StatefulSet',
    struct('v1.StatefulSetSpec', {
      ...SELECTING,
      serviceName: 'string',
      podManagementPolicy: 'string',
      updateStrategy: struct('v1.StatefulSetUpdateStrategy', {
        type: 'string',
        rollingUpdate: struct('v1.RollingUpdateStatefulSetStrategy', {
          partition: 'int32',
          maxUnavailable: 'intstr.IntOrString',
        }),
      }),
      volumeClaimTemplates: list(
        struct('v1.PersistentVolumeClaim', {
          metadata: METADATA,
          spec: struct('v1.PersistentVolumeClaimSpec', {}),
        }),
      ),
    }),
  ),
  Job: kind('Job', JOB_SPEC),
  CronJob: kind(
    'CronJob',
    struct('v1.CronJobSpec', {
      schedule: 'string',
      suspend: 'bool',
      jobTemplate: struct('v1.JobTemplateSpec', { spec: JOB_SPEC }),
    }),
  ),
  HorizontalPodAutoscaler: struct('v2.HorizontalPodAutoscaler', {
    metadata: METADATA,
    spec: struct('v2.HorizontalPodAutoscalerSpec', {
      minReplicas: 'int32',
      maxReplicas: 'int32',
      scaleTargetRef: struct('v2.CrossVersionObjectReference', {
        apiVersion: 'string',
        kind: 'string',
        name: 'string',
      }),
    }),
  }),
};

const SECRET = struct('v1.SecretReference', { name: 'string', namespace: 'string' });

// What the terms ask for is looked at by their own check.
const VOLUME_TERMS = struct('v1.NodeSelector', {
  nodeSelectorTerms: list(
    struct('v1.NodeSelectorTerm', {
      matchExpressions: list(struct('v1.NodeSelectorRequirement', {})),
    }),
  ),
});

export const VOLUME_SHAPE: Struct = struct('v1.PersistentVolume', {
  metadata: METADATA,
  spec: struct('v1.PersistentVolumeSpec', {
    mountOptions: list('string'),
    claimRef: struct('v1.ObjectReference', {
      kind: 'string',
      namespace: 'string',
      name: 'string',
      uid: 'string',
    }),
    nodeAffinity: struct('v1.VolumeNodeAffinity', { required: VOLUME_TERMS }),
    csi: struct('v1.CSIPersistentVolumeSource', {
      fsType: 'string',
      readOnly: 'bool',
      volumeAttributes: TEXTS,
      controllerPublishSecretRef: SECRET,
      nodePublishSecretRef: SECRET,
      nodeStageSecretRef: SECRET,
    }),
    hostPath: struct('v1.HostPathVolumeSource', { type: 'string' }),
    local: struct('v1.LocalVolumeSource', { fsType: 'string' }),
    nfs: struct('v1.NFSVolumeSource', { readOnly: 'bool' }),
  }),
});

export const CLAIM_SHAPE: Struct = struct('v1.PersistentVolumeClaim', {
  metadata: METADATA,
  spec: struct('v1.PersistentVolumeClaimSpec', {
    volumeName: 'string',
    resources: struct('v1.VolumeResourceRequirements', {
      limits: struct('v1.ResourceList', { storage: 'resource.Quantity' }),
    }),
    selector: SELECTING.selector,
    dataSource: struct('v1.TypedLocalObjectReference', {}),
    dataSourceRef: struct('v1.TypedObjectReference', {}),
  }),
});

export const CLASS_SHAPE: Struct = struct('v1.StorageClass', {
  metadata: METADATA,
  parameters: MAPPING,
  mountOptions: list('string'),
  allowedTopologies: list(
    struct('v1.TopologySelectorTerm', {
      matchLabelExpressions: list(
        struct('v1.TopologySelectorLabelRequirement', { key: 'string', values: list('string') }),
      ),
    }),
  ),
});
