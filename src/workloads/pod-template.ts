import { type Container, k8s, type Volume } from 'cdk8s-plus-28';
import { nodesWithLabels } from '../kube/node-selector';
import type { PodTemplate } from '../kube/objects';
import type { AppLabels } from './app-labels';
import type { CheckedStorage } from './own-storage';
import { DEFAULT_ID, podSecurityContext } from './pod-security';
import { DEFAULT_RESOURCES, renderResources } from './resources';
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
  const devices = storages.flatMap(({ name, devicePath }) =>
    devicePath ? [{ name, devicePath }] : [],
  );
  const fsGroup = fsGroupOf(props, storages);
  const { requests, limits } = renderResources(place, props.resources ?? DEFAULT_RESOURCES);
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
          resources: {
            ...(Object.keys(requests).length > 0 && { requests }),
            ...(Object.keys(limits).length > 0 && { limits }),
          },
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
      volumes: volumesOf(container)
        .filter(({ name }) => !templates.has(name))
        .map((volume) => k8s.toJson_Volume(rendered(volume))),
    },
  };
}

// Without it, a fresh disk belongs to root and the app cannot write; on NFS it does nothing.
function fsGroupOf(
  { fsGroup, runAsGroup }: StatefulAppProps,
  storages: readonly CheckedStorage[],
): number | undefined {
  const honoured = storages.some(({ from }) => from.traits.honoursFsGroup);
  return fsGroup ?? (honoured ? (runAsGroup ?? DEFAULT_ID) : undefined);
}

/** The volumes that a container mounts, each once. */
export function volumesOf(container: Container): Volume[] {
  return [...new Set(container.mounts.map(({ volume }) => volume))];
}

/**
 * cdk8s-plus renders its parts by a method that its types leave out; workloads of its own call it,
 * and there is no other way to render a container without one of them.
 */
function rendered<T>(part: Container | Volume): T {
  return (part as unknown as { _toKube(): T })._toKube();
}
