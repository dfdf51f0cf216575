import type { EarlyPlace } from './claim-places';
import { asksFor, namedNode } from './eligible-nodes';
import type { NodeEntry } from './inventory';
import type { NodeIndex } from './node-index';
import type { KubernetesVersion } from './plan';
import { anyOf, FINE, never, type ScheduleAnswer, unknown } from './schedule-answer';
import { UNBOUND_CLAIMS, volumeConflict } from './schedule-reasons';
import { reaches } from './volume-reach';
import type { Workload } from './workload';

/**
 * What becomes of pods that name their node, past the scheduler; undefined where they do not.
 *
 * The scheduler alone binds a claim that waits for a pod, so that with `spec.nodeName` it waits for
 * ever. Taints and other pods do not count; the kubelet still refuses pods that ask
 * for another node, and volumes that cannot be used on it.
 *
 * @param waits - whether one of the claims waits for a pod
 * @param version - whose words the reasons are in
 */
export function namedNodeAnswer(
  { pod }: Workload,
  nodes: NodeIndex,
  early: readonly (readonly EarlyPlace[])[],
  waits: boolean,
  version: KubernetesVersion,
): ScheduleAnswer | undefined {
  const name = namedNode(pod);
  if (name === undefined) {
    return undefined;
  }
  if (waits) {
    return never(
      () =>
        'waiting for first consumer to be created before binding: spec.nodeName bypasses the scheduler',
    );
  }
  const node = nodes.named(name);
  if (node === undefined) {
    return nodes.all.length === 0
      ? unknown('the nodes are not in the input')
      : never(() => `node "${name}" not found`);
  }
  if (!asksFor(pod, node)) {
    return never(
      () => "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    );
  }
  const answers = early.map((places) => anyOf(places.map((place) => on(node, place, version))));
  return answers.find(({ runs }) => runs !== 'yes') ?? FINE;
}

function on(node: NodeEntry, place: EarlyPlace, version: KubernetesVersion): ScheduleAnswer {
  switch (place.kind) {
    case 'unbound':
      return never(() => UNBOUND_CLAIMS);
    case 'unknown':
      return unknown('it is open which nodes can use the volumes of its claims');
    case 'bound':
      return reaches(place.reach, node) ? FINE : never(() => volumeConflict(version));
  }
}
