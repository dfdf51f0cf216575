import { ApiObject, JsonPatch } from 'cdk8s';
import {
  type Container,
  type ContainerPort,
  ImagePullPolicy,
  type IStorage,
  Volume,
  type Workload,
} from 'cdk8s-plus-28';
import { labelOfPath } from '../kube/names';
import type { AppProps } from './app-props';
import { environmentOf } from './environment';
import { checkImage } from './image';
import { checkMounts, type MountProps } from './mounts';
import { containerSecurityContext, podSecurityContext } from './pod-security';
import { probesOf } from './probes';
import { DEFAULT_RESOURCES, type RenderedAmounts, renderResources } from './resources';

/** What an app's container has beyond the props that all apps share. */
export interface ContainerParts {
  /** The ports that it listens on; the probes ask the first. */
  readonly ports: readonly [ContainerPort, ...ContainerPort[]];

  /** The storage that the app is about. */
  readonly mounts: readonly AppMount[];
}

/** Storage at a path of the container, and the prop that asks for the path. */
export interface AppMount extends MountProps {
  readonly prop: string;
  readonly storage: IStorage;
  readonly readOnly?: boolean;
}

const TMP = '/tmp';

/** Refuses what no pod of the app could run with, before anything is made. */
export function checkPods(place: string, props: AppProps, mounts: readonly AppMount[]): void {
  checkImage(place, props.image, props.allowMutableTag ?? false);
  checkMounts(place, [...mounts, ...furtherMounts(props), ...scratchMounts(props, mounts)]);
  renderResources(place, props.resources ?? DEFAULT_RESOURCES);
  podSecurityContext(place, props);
}

/** Gives a workload its container, with the storage, probes, resources and confinement of the app. */
export function addContainer(
  workload: Workload,
  place: string,
  props: AppProps,
  { ports, mounts }: ContainerParts,
): Container {
  const mutable = checkImage(place, props.image, props.allowMutableTag ?? false);
  const container = workload.addContainer({
    name: props.containerName ?? 'main',
    image: props.image,
    imagePullPolicy: mutable ? ImagePullPolicy.ALWAYS : ImagePullPolicy.IF_NOT_PRESENT,
    ports: [...ports],
    ...environmentOf(props),
    ...probesOf(props, ports[0].number),
    resources: {},
    securityContext: containerSecurityContext(props),
  });
  for (const { mountPath, storage, subPath, readOnly } of [...mounts, ...furtherMounts(props)]) {
    container.mount(mountPath, storage, {
      ...(subPath !== undefined && { subPath }),
      ...(readOnly !== undefined && { readOnly }),
    });
  }
  for (const { mountPath } of scratchMounts(props, mounts)) {
    const name = labelOfPath(['scratch', ...mountPath.split('/').filter(Boolean)]);
    container.mount(mountPath, Volume.fromEmptyDir(workload, name, name));
  }
  patchPods(workload, place, props);
  return container;
}

// What cdk8s-plus has no props for, or renders in another form than Kubernetes' canonical one.
function patchPods(workload: Workload, place: string, props: AppProps): void {
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
}

// The form in which cdk8s-plus' typed classes take a quantity once patches are applied.
function quantities(
  amounts: RenderedAmounts,
): Readonly<Record<string, { readonly value: string }>> {
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, { value }]));
}

function furtherMounts({ volumes = [] }: AppProps): AppMount[] {
  return volumes.map((volume, index) => ({ ...volume, prop: `volumes[${index}].mountPath` }));
}

// /tmp is scratch unless the app puts something else there.
function scratchMounts(
  props: AppProps,
  mounts: readonly AppMount[],
): (MountProps & { readonly prop: string })[] {
  const { scratch = [] } = props;
  const taken = [...mounts, ...furtherMounts(props)].map(({ mountPath }) => mountPath);
  const asked = scratch.map((mountPath, index) => ({ mountPath, prop: `scratch[${index}]` }));
  const tmp = [...taken, ...scratch].includes(TMP) ? [] : [{ mountPath: TMP, prop: 'scratch' }];
  return [...tmp, ...asked];
}
