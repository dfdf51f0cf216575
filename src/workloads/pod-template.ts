import { type Container, k8s } from 'cdk8s-plus-28';
import { nodesWithLabels } from '../kube/node-selector';
import type { PodTemplate } from '../kube/objects';
import { containerResources, DEFAULT_RESOURCES } from '../kube/resources';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { furtherClaims } from './app-claims';
import type { AppLabels } from './app-labels';
import type { CheckedStorage } from './own-storage';
import { DEFAULT_ID, podSecurityContext } from './pod-security';
import { rendered, volumeObject, volumesOf } from './rendered-volumes';
import { antiAffinity } from './spread';
import type { StatefulAppProps } from './stateful-app-props';

/**
 * The pods of an app as a plain object, for kinds that cdk8s-plus does not model whole.
 *
 * The container is cdk8s-plus' and is rendered as cdk8s-plus does, with what its user added to it.
 */
export function podTemplate(
  place: string,
  props: StatefulAppProps,
  container: Container,
  labels: AppLabels,
  storages: readonly CheckedStorage[],
): PodTemplate {
  const templates = new Set(storages.map(({ name }) => name));
  const volumes = volumesOf(container).filter(({ name }) => !templates.has(name));
  const devices = storages.flatMap(({ name, devicePath }) =>
    devicePath ? [{ name, devicePath }] : [],
  );
  const fsGroup = fsGroupOf(props, storages);
  const { imagePullSecrets = [], serviceAccount, spread = 'preferred', nodeLabels = {} } = props;
  const nodes = nodesWithLabels(nodeLabels);
  const podAntiAffinity = antiAffinity(spread, labels.selector);
  return {
    metadata: { labels: labels.all },
    spec: {
      ...((nodes ?? podAntiAffinity) && {
        affinity: {
          ...(nodes && {
            nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: nodes },
          }),
          ...(podAntiAffinity && { podAntiAffinity }),
        },
      }),
      automountServiceAccountToken: props.automountServiceAccountToken ?? false,
      containers: [
        {
          ...k8s.toJson_Container(rendered(container)),
          resources: containerResources(place, props.resources ?? DEFAULT_RESOURCES),
          ...(devices.length > 0 && { volumeDevices: devices }),
        },
      ],
      ...(imagePullSecrets.length > 0 && {
        imagePullSecrets: imagePullSecrets.map((name) => ({ name })),
      }),
      securityContext: {
        ...podSecurityContext(place, props),
        // Only where the volume's root differs: on a large volume, every start would wait.
        ...(fsGroup !== undefined && { fsGroup, fsGroupChangePolicy: 'OnRootMismatch' }),
      },
      ...(serviceAccount && { serviceAccountName: serviceAccount.name }),
      terminationGracePeriodSeconds: props.terminationGracePeriodSeconds ?? 30,
      ...(volumes.length > 0 && { volumes: volumes.map(volumeObject) }),
    },
  };
}

// Without it, a fresh disk belongs to root and the app cannot write; on NFS it does nothing.
function fsGroupOf(
  { fsGroup, runAsGroup, volumes }: StatefulAppProps,
  storages: readonly CheckedStorage[],
): number | undefined {
  const honoured =
    storages.some(({ from }) => from.traits.honoursFsGroup) ||
    furtherClaims(volumes).some(({ traits }) => traits?.honoursFsGroup);
  return fsGroup ?? (honoured ? (runAsGroup ?? DEFAULT_ID) : undefined);
}

/**
 * Refuses volumes that are none: one with the name of a storage, which the claim would replace
 * without a word, and two of one name.
 *
 * @throws StorageError `StorageName`, `VolumeName`
 */
export function checkVolumes(
  place: string,
  container: Container,
  storages: readonly CheckedStorage[],
): void {
  const names = volumesOf(container).map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    const storage = storages.find((each) => each.name === name);
    const isFirst = names.indexOf(name) === index;
    // What stands for a mounted storage was mounted before anything else.
    if (storage !== undefined && !(isFirst && storage.mount)) {
      refuse(
        'StorageName',
        place,
        `the name of a storage must differ from those of the pod's other volumes, got ${show(name)}`,
      );
    }
    if (!isFirst) {
      refuse(
        'VolumeName',
        place,
        `the volumes of the pod must have names of their own, got ${show(name)} twice; mount one construct twice, or name one of them otherwise`,
      );
    }
  }
}
