import type { Inventory, NodeEntry } from '../planner/inventory';
import { nameAt } from '../planner/plain-object';
import { noNodeFits } from '../planner/schedule-reasons';
import type { Workload } from '../planner/workload';
import { claimsToPlace } from './claims-to-place';
import type { Facts } from './facts';
import { type NodeTerms, podNodeTerms, shownTerms } from './node-terms';
import { nodesFor } from './pod-places';
import { type VolumePlace, volumePlaces } from './volume-places';

/** The scheduler's reason for a node that a volume's zone labels do not allow. */
export const VOLUME_ZONE_CONFLICT = 'node(s) had no available volume zone';

/** Where a workload's pods may run, volumes aside. */
export interface PodNodes {
  /** What they ask for. */
  readonly asked: NodeTerms;

  /** The nodes of the input that are open to them; undefined where it has no nodes. */
  readonly eligible?: readonly NodeEntry[];
  readonly inventory: Inventory;
}

/** A claim whose volume keeps pods off all their nodes. */
export interface PlaceConflict {
  readonly claim: string;

  /** The first of the places where its volume may be. */
  readonly place: VolumePlace;

  /** How many there are. */
  readonly count: number;

  /** What the pods of the workload, called so, ask for and do not get, in words. */
  askedBy(workload: string): string;
}

/** The first claim of a workload's pods of which every place where its volume may be is excluded. */
export function placeConflict(
  workload: Workload,
  facts: Facts,
  isExcluded: (place: VolumePlace, nodes: PodNodes) => boolean,
): PlaceConflict | undefined {
  const claims = claimsToPlace(workload, facts);
  // A pod that names its node passes the scheduler by.
  if (claims.size === 0 || nameAt(workload.pod, 'nodeName') !== undefined) {
    return undefined;
  }
  const asked = podNodeTerms(workload.pod);
  const eligible = nodesFor(workload, facts)?.nodes;
  // Without a node for the pods their volumes do not matter.
  if (asked.length === 0 || eligible?.length === 0) {
    return undefined;
  }
  const judged = new Map<readonly VolumePlace[], boolean>();
  for (const claim of claims) {
    const places = volumePlaces(claim, facts) ?? [];
    const [place] = places;
    let excluded = judged.get(places);
    if (excluded === undefined) {
      excluded = places.every((each) =>
        isExcluded(each, { asked, eligible, inventory: facts.inventory }),
      );
      judged.set(places, excluded);
    }
    if (excluded && place !== undefined) {
      const terms = shownTerms(asked);
      const askedBy = (name: string) =>
        terms === ''
          ? `no node that is open to ${name} is one`
          : `${name} asks for nodes with ${terms}`;
      return { claim, place, count: places.length, askedBy };
    }
  }
  return undefined;
}

/** What `kubectl describe pod` shows of pods that a reason keeps off all nodes which are open to them. */
export function refusalBy(workload: Workload, facts: Facts, reason: string): string {
  const found = nodesFor(workload, facts);
  return found === undefined
    ? reason
    : noNodeFits(facts.inventory.nodes.size, [
        ...found.reasons,
        { reason, nodes: found.nodes.length },
      ]);
}
