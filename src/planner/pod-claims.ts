import { oncePer } from '../kube/once-per';
import { isPlainObject, listAt, nameAt, objectAt, type PlainObject } from './plain-object';
import type { Workload } from './workload';

/** Which claims the pods of a workload use. */
export interface PodClaims {
  /** Keys of claims that all its pods use, such as `shop/uploads`; each once. */
  readonly shared: readonly string[];

  /** Names of the pod's volumes for which every pod gets a claim of its own. */
  readonly own: readonly string[];

  /** What each of these claims is made from. */
  readonly templates: readonly PlainObject[];

  /** Keys of the claims that the pod of this position has to itself; the first is 0. */
  ownOf(position: number): readonly string[];

  /** Name of the pod of this position; what its controller makes up of it is `…`. */
  podOf(position: number): string;
}

/** What says which claims pods use. */
export type ClaimSource = Pick<Workload, 'kind' | 'name' | 'namespace' | 'pod' | 'spec'>;

/**
 * The claims that the pods of a workload use.
 *
 * A StatefulSet's claims are `<template>-<set>-<ordinal>`, and a pod volume of a template's name is
 * replaced (Kubernetes, pkg/controller/statefulset, updateStorage). A generic ephemeral volume's
 * claim is `<pod>-<volume>`; only a bare pod's and a StatefulSet's pods have names that are known.
 */
export const podClaims = oncePer(readClaims);

const NO_CLAIMS: ReadonlyMap<string, PlainObject> = new Map();

function readClaims({ kind, name, namespace, pod, spec }: ClaimSource): PodClaims {
  const fromSet = kind === 'StatefulSet' ? claimTemplates(spec) : NO_CLAIMS;
  const shared = new Set<string>();
  const ephemeral = new Map<string, PlainObject>();
  for (const volume of listAt(pod, 'volumes')) {
    if (!isPlainObject(volume)) {
      continue;
    }
    const volumeName = nameAt(volume, 'name') ?? '';
    if (fromSet.has(volumeName)) {
      continue;
    }
    const claim = nameAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName');
    const template = objectAt(volume, 'ephemeral').volumeClaimTemplate;
    if (claim !== undefined) {
      shared.add(`${namespace}/${claim}`);
    } else if (isPlainObject(template)) {
      ephemeral.set(volumeName, template);
    }
  }
  const podOf = podNames(kind, name, spec);
  return {
    shared: [...shared],
    own: [...fromSet.keys(), ...ephemeral.keys()],
    templates: [...fromSet.values(), ...ephemeral.values()],
    ownOf(position) {
      const podName = podOf(position);
      return [
        ...Array.from(fromSet.keys(), (template) => `${namespace}/${template}-${podName}`),
        ...Array.from(ephemeral.keys(), (volume) => `${namespace}/${podName}-${volume}`),
      ];
    },
    podOf,
  };
}

function claimTemplates(spec: PlainObject): ReadonlyMap<string, PlainObject> {
  const templates = new Map<string, PlainObject>();
  for (const template of listAt(spec, 'volumeClaimTemplates')) {
    const name = isPlainObject(template) && nameAt(objectAt(template, 'metadata'), 'name');
    if (name && !templates.has(name)) {
      templates.set(name, template);
    }
  }
  return templates;
}

function podNames(kind: string, name: string, spec: PlainObject): (position: number) => string {
  switch (kind) {
    case 'Pod':
      return () => (name.endsWith('-') ? `${name}…` : name);
    case 'StatefulSet': {
      const { start } = objectAt(spec, 'ordinals');
      const first = Number.isInteger(start) ? Number(start) : 0;
      return (position) => `${name}-${first + position}`;
    }
    default:
      return () => `${name.replace(/-$/, '')}-…`;
  }
}
