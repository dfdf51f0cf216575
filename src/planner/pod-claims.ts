import { isPlainObject, listAt, nameAt, objectAt } from './plain-object';
import type { Workload } from './workload';

/** Which claims the pods of a workload use. */
export interface PodClaims {
  /** Keys of claims that all its pods use, such as `shop/uploads`; each once. */
  readonly shared: readonly string[];

  /** Names of the pod's volumes for which every pod gets a claim of its own. */
  readonly own: readonly string[];

  /** Keys of the claims that the pod of this position has to itself; the first is 0. */
  ownOf(position: number): readonly string[];
}

/**
 * The claims that the pods of a workload use.
 *
 * A StatefulSet's claims are `<template>-<set>-<ordinal>`, and a pod volume of a template's name is
 * replaced (BINDING.md D12). A generic ephemeral volume's claim is `<pod>-<volume>`; only a bare
 * pod's and a StatefulSet's pods have names that are known.
 */
export function podClaims({ kind, name, namespace, pod, spec }: Workload): PodClaims {
  const templates =
    kind === 'StatefulSet'
      ? listAt(spec, 'volumeClaimTemplates')
          .filter(isPlainObject)
          .flatMap((template) => nameAt(objectAt(template, 'metadata'), 'name') ?? [])
      : [];
  const shared = new Set<string>();
  const ephemeral: string[] = [];
  for (const volume of listAt(pod, 'volumes').filter(isPlainObject)) {
    const volumeName = nameAt(volume, 'name') ?? '';
    const claim = nameAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName');
    if (templates.includes(volumeName)) {
      continue;
    }
    if (claim !== undefined) {
      shared.add(`${namespace}/${claim}`);
    } else if (isPlainObject(objectAt(volume, 'ephemeral').volumeClaimTemplate)) {
      ephemeral.push(volumeName);
    }
  }
  const first = Number(objectAt(spec, 'ordinals').start ?? 0) || 0;
  return {
    shared: [...shared],
    own: [...templates, ...ephemeral],
    ownOf(position) {
      const podName = kind === 'Pod' ? name : `${name}-${first + position}`;
      return [
        ...templates.map((template) => `${namespace}/${template}-${podName}`),
        ...ephemeral.map((volume) => `${namespace}/${podName}-${volume}`),
      ];
    },
  };
}
