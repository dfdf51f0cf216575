import { ApiObject, JsonPatch } from 'cdk8s';
import {
  type Container,
  type ContainerPort,
  type ContainerProps,
  ImagePullPolicy,
  type IStorage,
  Volume,
  type Workload,
} from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { VolumeTraits } from '../claims/contracts';
import { DNS_LABEL_LIMIT, labelOfPath } from '../kube/names';
import { DEFAULT_RESOURCES, type RenderedAmounts, renderResources } from '../kube/resources';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import type { AppProps } from './app-props';
import { environmentOf } from './environment';
import { checkImage } from './image';
import { checkMounts, claimOf, folderOf, type MountProps } from './mounts';
import { containerSecurityContext, podSecurityContext } from './pod-security';
import { probesOf } from './probes';
import { sizeLimitOf, volumesOf } from './rendered-volumes';

/** A path of the container, and the prop that asks for it. */
export interface PlacedMount extends MountProps {
  readonly prop: string;

  /** What is known of the volume there. */
  readonly traits?: VolumeTraits | undefined;
}

/** Storage at a path of the container. */
export interface AppMount extends PlacedMount {
  readonly storage: IStorage;
  readonly readOnly?: boolean;
}

const TMP = '/tmp';

/** Refuses what no pod of the app could run with, before anything is made. */
export function checkPods(place: string, props: AppProps, mounts: readonly PlacedMount[]): void {
  checkImage(place, props.image, props.allowMutableTag ?? false);
  checkMounts(place, [...mounts, ...furtherMounts(props), ...scratchMounts(props, mounts)]);
  renderResources(place, props.resources ?? DEFAULT_RESOURCES);
  podSecurityContext(place, props);
}

/** An app's container as cdk8s-plus takes it; `mountAll` adds its storage. */
export function containerProps(
  place: string,
  props: AppProps,
  ports: readonly ContainerPort[],
): ContainerProps {
  const mutable = checkImage(place, props.image, props.allowMutableTag ?? false);
  return {
    name: props.containerName ?? 'app',
    image: props.image,
    imagePullPolicy: mutable ? ImagePullPolicy.ALWAYS : ImagePullPolicy.IF_NOT_PRESENT,
    ports: [...ports],
    ...environmentOf(props),
    ...probesOf(props, ports[0]?.number ?? 0),
    // Rendered apart: cdk8s-plus writes 1024Mi for 1Gi.
    resources: {},
    securityContext: containerSecurityContext(props),
  };
}

/**
 * Mounts an app's storage and its scratch folders.
 *
 * @throws StorageError `VolumeName` where two volumes of the pod would have one name
 */
export function mountAll(
  container: Container,
  scope: Construct,
  props: AppProps,
  mounts: readonly AppMount[],
): void {
  const volumes = new Map<string, { readonly volume: Volume; readonly prop: string }>();
  for (const mount of [...mounts, ...furtherMounts(props)]) {
    const { mountPath, subPath, readOnly } = mount;
    const volume = mount.storage.asVolume();
    const prop = mount.prop.replace(/\.mountPath$/, '');
    const holder = volumes.get(volume.name) ?? { volume, prop };
    if (holder.volume !== volume) {
      refuse(
        'VolumeName',
        scope,
        `'${prop}' must be a volume with a name of its own, got ${show(volume.name)}, which '${holder.prop}' has; mount one construct twice, or name one of them otherwise`,
      );
    }
    volumes.set(volume.name, holder);
    container.mount(mountPath, volume, {
      ...(subPath !== undefined && { subPath }),
      ...(readOnly !== undefined && { readOnly }),
    });
  }
  for (const { mountPath } of scratchMounts(props, mounts)) {
    const name = freeName(
      labelOfPath(['scratch', ...mountPath.split('/').filter(Boolean)]),
      volumes,
    );
    const volume = Volume.fromEmptyDir(scope, name, name);
    volumes.set(name, { volume, prop: 'scratch' });
    container.mount(mountPath, volume);
  }
}

// Folders such as /cache and /.cache come out as one label.
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) {
    const suffix = `-${number}`;
    free = `${name.slice(0, DNS_LABEL_LIMIT - suffix.length)}${suffix}`;
  }
  return free;
}

/** Adds to a workload what cdk8s-plus has no props for, or renders in another form than canonical. */
export function patchPods(workload: Workload, place: string, props: AppProps): void {
  const pod = '/spec/template/spec';
  const { imagePullSecrets = [] } = props;
  const { requests, limits } = renderResources(place, props.resources ?? DEFAULT_RESOURCES);
  ApiObject.of(workload).addJsonPatch(
    JsonPatch.add(`${pod}/securityContext`, podSecurityContext(place, props)),
    JsonPatch.add(`${pod}/containers/0/resources`, {
      ...(Object.keys(requests).length > 0 && { requests: quantities(requests) }),
      ...(Object.keys(limits).length > 0 && { limits: quantities(limits) }),
    }),
  );
  if (imagePullSecrets.length > 0) {
    const secrets = imagePullSecrets.map((name) => ({ name }));
    ApiObject.of(workload).addJsonPatch(JsonPatch.add(`${pod}/imagePullSecrets`, secrets));
  }
  // Volumes stand in the order in which the first container mounts them; later ones come behind.
  const volumes = workload.containers[0] ? volumesOf(workload.containers[0]) : [];
  for (const [index, volume] of volumes.entries()) {
    const value = sizeLimitOf(volume);
    if (value !== undefined) {
      const path = `${pod}/volumes/${index}/emptyDir/sizeLimit`;
      ApiObject.of(workload).addJsonPatch(JsonPatch.replace(path, { value }));
    }
  }
}

// The form in which cdk8s-plus' typed classes take a quantity once patches are applied.
function quantities(
  amounts: RenderedAmounts,
): Readonly<Record<string, { readonly value: string }>> {
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, { value }]));
}

function furtherMounts({ volumes = [] }: AppProps): AppMount[] {
  return volumes.map((volume, index) => ({
    ...volume,
    prop: `volumes[${index}].mountPath`,
    traits: claimOf(volume.storage)?.traits,
  }));
}

// /tmp is scratch unless the app puts something else there.
function scratchMounts(props: AppProps, mounts: readonly PlacedMount[]): PlacedMount[] {
  const { scratch = [] } = props;
  const taken = [...mounts, ...furtherMounts(props)].map(({ mountPath }) => folderOf(mountPath));
  const asked = scratch.map((mountPath, index) => ({ mountPath, prop: `scratch[${index}]` }));
  const tmp = [...taken, ...scratch.map(folderOf)].includes(TMP)
    ? []
    : [{ mountPath: TMP, prop: 'scratch' }];
  return [...tmp, ...asked];
}
