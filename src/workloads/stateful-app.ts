import { type ApiObject, Lazy } from 'cdk8s';
import { Container, type ContainerPort, Protocol, Volume } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import type { Labels } from '../kube/label-selector';
import type { ObjectMeta, ServiceObject, StatefulSet } from '../kube/objects';
import * as types from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { addObject } from '../objects/api-object';
import { defaultName } from '../objects/default-name';
import { chartNamespace, pathIn } from '../objects/scope';
import { checkClaims, furtherClaims } from './app-claims';
import { labelsOf } from './app-labels';
import { checkPods, containerProps, mountAll } from './app-pods';
import { isServiceName } from './app-props';
import { addDisruptionBudget } from './disruption-budget';
import {
  type CheckedStorage,
  checkStorage,
  claimTemplate,
  mountsOf,
  placesOf,
} from './own-storage';
import { checkVolumes, podTemplate } from './pod-template';
import { STATEFUL_APP_PROPS, type StatefulAppProps } from './stateful-app-props';
import { asOwner } from './volume-owner';

/**
 * Longest name of a StatefulSet: the controller labels pods with `<name>-<hash of 10>`, and a
 * label's value has 63 characters (kubernetes#64023).
 */
const NAME_LIMIT = 52;

/**
 * An app whose replicas have storage of their own, which outlives them.
 *
 * A StatefulSet, its headless Service, a claim for every replica from any storage class or pool of
 * this library, and a PodDisruptionBudget from two replicas on. A replica that comes back finds its
 * claim, and so does an app that is deleted and made again. The pods pass the restricted Pod
 * Security Standard.
 */
export class StatefulApp extends Construct {
  /** The StatefulSet. */
  readonly statefulSet: ApiObject;

  /** The headless Service: `<app>-<ordinal>.<service>` names a replica. */
  readonly service: ApiObject;

  /** The container of the app; shape it further as any of cdk8s-plus. */
  readonly container: Container;

  /** The budget for drains of nodes, where there are two replicas or more. */
  readonly disruptionBudget: ApiObject | undefined;

  /** Name of the StatefulSet and its Service. */
  readonly name: string;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the app and its storage
   * @throws StorageError `ClaimNamespace`, `ClaimExclusive`, `StatefulAppName`, `StorageMount`,
   * `StorageName`, `VolumeName`, `SizeInvalid`, `ImageInvalid`, `ImageTag`, `MountPath`, `SubPath`,
   * `ResourceAmount`, `ResourceLimit`, `RunAsRoot`, `VolumeOwner`, `BlockMounted`, `NameTooLong`,
   * `Duplicate`, `SelectorOverlap`, `SelectorEmpty`, `NamespaceInvalid`, `LabelsInvalid`,
   * `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`, and what the storage class refuses
   */
  constructor(scope: Construct, id: string, props: StatefulAppProps) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'StatefulApp', props, STATEFUL_APP_PROPS);
    const classes = props.storage.map(({ from }) => from);
    const whole = asOwner(path, props, furtherClaims(props.volumes), classes);
    const { replicas = 1 } = whole;
    const name = whole.name ?? defaultName(path);
    checkName(path, name);
    const namespace = whole.namespace ?? chartNamespace(scope);
    checkClaims(path, furtherClaims(whole.volumes), namespace, replicas, whole.spread);
    const storages = checkStorage(path, whole.storage, replicas);
    checkPods(path, whole, placesOf(storages));
    super(scope, id);

    this.name = name;
    const labels = labelsOf(this, whole);
    const metadata: ObjectMeta = {
      name,
      labels: labels.all,
      ...(namespace !== undefined && { namespace }),
    };
    this.container = new Container(containerProps(path, whole, containerPorts(whole)));
    mountAll(
      this.container,
      this,
      whole,
      // A volume of the template's name stands for the claim; the controller puts it in.
      mountsOf(storages, (volume) => Volume.fromEmptyDir(this, `storage-${volume}`, volume)),
    );
    this.#checkVolumes(path, storages);
    this.service = addService(this, whole, metadata, labels.selector);
    this.statefulSet = addObject<StatefulSet>(this, 'StatefulSet', {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata,
      spec: {
        ...rules(whole),
        replicas,
        serviceName: name,
        selector: { matchLabels: labels.selector },
        // Rendered last, so that what is added to the container is in it.
        template: Lazy.any({
          produce: () => podTemplate(path, whole, this.container, labels, storages),
        }),
        ...(storages.length > 0 && {
          volumeClaimTemplates: storages.map((storage) => claimTemplate(storage, labels.selector)),
        }),
      },
    });
    this.disruptionBudget =
      replicas >= 2 ? addDisruptionBudget(this, metadata, labels.selector) : undefined;
  }

  // Now and when the app is synthesized: the container may get more of them.
  #checkVolumes(path: string, storages: readonly CheckedStorage[]): void {
    const validate = () => {
      checkVolumes(path, this.container, storages);
      return [];
    };
    validate();
    this.node.addValidation({ validate });
  }
}

function checkName(path: string, name: string): void {
  if (!isServiceName(name) || name.length > NAME_LIMIT) {
    refuse(
      'StatefulAppName',
      path,
      `the app's name must be a DNS label that starts with a letter, of at most ${NAME_LIMIT} characters, got ${show(name)}; set 'name'`,
    );
  }
}

function containerPorts({ ports }: StatefulAppProps): ContainerPort[] {
  return Object.entries(ports).map(([name, number]) => ({ name, number, protocol: Protocol.TCP }));
}

function rules(
  props: StatefulAppProps,
): Pick<
  StatefulSet['spec'],
  'podManagementPolicy' | 'updateStrategy' | 'persistentVolumeClaimRetentionPolicy'
> {
  const { updateStrategy, claimRetention = {} } = props;
  return {
    podManagementPolicy: props.podManagementPolicy ?? 'OrderedReady',
    updateStrategy:
      updateStrategy === 'OnDelete'
        ? { type: updateStrategy }
        : { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: claimRetention.whenDeleted ?? 'Retain',
      whenScaled: claimRetention.whenScaled ?? 'Retain',
    },
  };
}

function addService(
  app: Construct,
  { ports, publishNotReadyAddresses = false }: StatefulAppProps,
  metadata: ObjectMeta,
  selector: Labels,
): ApiObject {
  return addObject<ServiceObject>(app, 'Service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      clusterIP: 'None',
      ...(publishNotReadyAddresses && { publishNotReadyAddresses }),
      selector,
      ports: Object.entries(ports).map(([name, port]) => ({
        name,
        port,
        targetPort: port,
        protocol: 'TCP',
      })),
    },
  });
}
