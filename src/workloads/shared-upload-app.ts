import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import {
  type Container,
  Deployment,
  HorizontalPodAutoscaler,
  type Ingress,
  LabelSelector,
  Metric,
  MetricTarget,
  Protocol,
  Service,
  type ServiceType,
} from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { IClaim } from '../claims/contracts';
import type { Labels } from '../kube/label-selector';
import type { ObjectMeta } from '../kube/objects';
import * as types from '../kube/props';
import { readQuantity } from '../kube/quantity';
import { DEFAULT_RESOURCES } from '../kube/resources';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { chartNamespace, pathIn } from '../objects/scope';
import { takeName } from '../objects/unique-names';
import { checkClaims, checkShared, furtherClaims } from './app-claims';
import { labelsOf } from './app-labels';
import { type AppMount, checkPods, containerProps, mountAll, patchPods } from './app-pods';
import { isServiceName } from './app-props';
import { addDisruptionBudget } from './disruption-budget';
import { rollOut } from './roll-out';
import {
  type AutoscaleProps,
  SHARED_UPLOAD_APP_PROPS,
  type SharedUploadAppProps,
} from './shared-upload-app-props';
import { attractToNodes, spreadOverNodes } from './spread';
import { addUploadIngress } from './upload-ingress';
import { asOwner } from './volume-owner';

/**
 * An app whose replicas share the files that its users upload.
 *
 * A Deployment over a claim that every node can write, and a Service; where asked for, a
 * HorizontalPodAutoscaler and an Ingress; a PodDisruptionBudget from two replicas on. The pods pass
 * the restricted Pod Security Standard, and no roll-out waits for a node that it holds itself.
 */
export class SharedUploadApp extends Construct {
  /** The Deployment; shape it further as any of cdk8s-plus. */
  readonly deployment: Deployment;

  /** The container of the app. */
  readonly container: Container;

  /** The Service in front of the pods. */
  readonly service: Service;

  /** The autoscaler, where `autoscale` is given. */
  readonly autoscaler: HorizontalPodAutoscaler | undefined;

  /** The budget for drains of nodes, where there can be two replicas or more; one alone may go. */
  readonly disruptionBudget: ApiObject | undefined;

  /** The Ingress, where `ingress` is given. */
  readonly ingress: Ingress | undefined;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the app and the files that it shares
   * @throws StorageError `ClaimNotShared`, `ClaimNamespace`, `ClaimExclusive`, `ImageInvalid`,
   * `ImageTag`, `MountPath`, `SubPath`, `VolumeName`, `ResourceAmount`, `ResourceLimit`,
   * `RunAsRoot`, `VolumeOwner`, `ReplicasAndAutoscale`, `AutoscaleRange`, `AutoscaleCpu`,
   * `BodySize`, `ServiceName`, `BlockMounted`, `Duplicate`, `SelectorOverlap`, `SelectorEmpty`,
   * `NamespaceInvalid`, `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`,
   * `IdInvalid`, `IdTaken`
   */
  constructor(scope: Construct, id: string, props: SharedUploadAppProps) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'SharedUploadApp', props, SHARED_UPLOAD_APP_PROPS);
    const whole = asOwner(path, props, claimsOf(props));
    const { autoscale, spread = 'preferred', replicas = 2 } = whole;
    const { claim, ...mount } = whole.uploads;
    const uploads: AppMount = {
      ...mount,
      storage: claim,
      prop: 'uploads.mountPath',
      traits: claim.traits,
    };
    checkPods(path, whole, [uploads]);
    checkScaling(path, whole);
    checkShared(path, 'uploads.claim', claim);
    const namespace = whole.namespace ?? chartNamespace(scope);
    checkClaims(path, claimsOf(whole), namespace, autoscale?.max ?? replicas, spread);
    super(scope, id);

    const labels = labelsOf(this, whole);
    const metadata: Partial<ObjectMeta> = {
      labels: labels.all,
      ...(whole.name !== undefined && { name: whole.name }),
      ...(whole.namespace !== undefined && { namespace: whole.namespace }),
    };
    this.deployment = new Deployment(this, 'Deployment', {
      metadata,
      podMetadata: { labels: { ...labels.all } },
      select: false,
      ...(autoscale === undefined && { replicas }),
      strategy: rollOut(spread, claimsOf(whole)),
      automountServiceAccountToken: whole.automountServiceAccountToken ?? false,
      terminationGracePeriod: Duration.seconds(whole.terminationGracePeriodSeconds ?? 30),
      ...(whole.serviceAccount && { serviceAccount: whole.serviceAccount }),
    });
    this.deployment.select(LabelSelector.of({ labels: { ...labels.selector } }));
    this.container = this.deployment.addContainer(
      containerProps(path, whole, [{ number: whole.port, protocol: Protocol.TCP, name: 'http' }]),
    );
    mountAll(this.container, this, whole, [uploads]);
    patchPods(this.deployment, path, whole);
    spreadOverNodes(this.deployment, spread, labels.selector);
    attractToNodes(this.deployment, whole.nodeLabels ?? {});

    this.service = addService(this, whole, metadata, labels.selector);
    this.autoscaler = autoscale && addAutoscaler(this, autoscale, this.deployment, metadata);
    this.disruptionBudget =
      (autoscale?.max ?? replicas) >= 2
        ? addDisruptionBudget(this, metadata, labels.selector)
        : undefined;
    this.ingress = whole.ingress && addUploadIngress(this, whole.ingress, this.service, metadata);
    for (const made of [this.deployment, this.service, this.autoscaler, this.ingress]) {
      if (made !== undefined) {
        takeName(ApiObject.of(made), this, 'name');
      }
    }
  }
}

function claimsOf({ uploads, volumes }: SharedUploadAppProps): IClaim[] {
  return [uploads.claim, ...furtherClaims(volumes)];
}

function checkScaling(
  path: string,
  { autoscale, replicas, resources }: SharedUploadAppProps,
): void {
  if (autoscale === undefined) {
    return;
  }
  if (replicas !== undefined) {
    refuse(
      'ReplicasAndAutoscale',
      path,
      `'replicas' must not be set beside 'autoscale', got ${replicas}; every sync would undo the scaling`,
    );
  }
  if (autoscale.min > autoscale.max) {
    refuse(
      'AutoscaleRange',
      path,
      `'autoscale.max' must be at least 'autoscale.min' (${autoscale.min}), got ${autoscale.max}`,
    );
  }
  const { requests, limits } = resources ?? DEFAULT_RESOURCES;
  // A limit without a request is the request as well.
  const cpu = readQuantity(requests?.cpu ?? limits?.cpu);
  if (cpu === undefined || cpu.nanos === 0n) {
    refuse(
      'AutoscaleCpu',
      path,
      `'resources.requests.cpu' must be more than 0 beside 'autoscale', got ${cpu}; use is measured in percent of it`,
    );
  }
}

function addService(
  app: Construct,
  { port, servicePort = port, serviceType }: SharedUploadAppProps,
  metadata: Partial<ObjectMeta>,
  selector: Labels,
): Service {
  const service = new Service(app, 'Service', {
    metadata,
    ...(serviceType !== undefined && { type: serviceType as ServiceType }),
    ports: [{ port: servicePort, targetPort: port, protocol: Protocol.TCP, name: 'http' }],
  });
  if (!isServiceName(service.name)) {
    refuse(
      'ServiceName',
      app,
      `the Service's name must start with a letter, got ${show(service.name)}; set 'name'`,
    );
  }
  for (const [key, value] of Object.entries(selector)) {
    service.selectLabel(key, value);
  }
  // cdk8s-plus writes an empty list, which the API server drops.
  ApiObject.of(service).addJsonPatch(JsonPatch.remove('/spec/externalIPs'));
  return service;
}

function addAutoscaler(
  app: Construct,
  { min, max, cpuPercent }: AutoscaleProps,
  target: Deployment,
  metadata: Partial<ObjectMeta>,
): HorizontalPodAutoscaler {
  return new HorizontalPodAutoscaler(app, 'Autoscaler', {
    metadata,
    target,
    minReplicas: min,
    maxReplicas: max,
    metrics: [Metric.resourceCpu(MetricTarget.averageUtilization(cpuPercent))],
  });
}
