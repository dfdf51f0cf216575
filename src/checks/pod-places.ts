import { volumesOf } from '../planner/claim-verdict';
import { type EligibleNodes, eligibleFinder } from '../planner/eligible-nodes';
import type { NodeEntry } from '../planner/inventory';
import { isPlainObject, listAt, nameAt, objectAt, type PlainObject } from '../planner/plain-object';
import type { Spacing } from '../planner/pod-room';
import { podSpacing } from '../planner/pod-spacing';
import { placeOf } from '../planner/pod-terms';
import type { Workload } from '../planner/workload';
import type { Facts } from './facts';
import { volumeNodes } from './volume-nodes';

/** Label of a node that is its own. */
export const HOSTNAME = 'kubernetes.io/hostname';

/** The nodes of the input that a workload's pods may run on; undefined where it has no nodes. */
export function nodesFor(
  workload: Workload,
  { inventory, version }: Facts,
): EligibleNodes | undefined {
  if (inventory.nodes.size === 0) {
    return undefined;
  }
  let nodes = KNOWN.get(workload);
  if (nodes === undefined) {
    nodes = eligibleFinder(inventory, version).of(workload);
    KNOWN.set(workload, nodes);
  }
  return nodes;
}

// Several rules ask for them.
const KNOWN = new WeakMap<Workload, EligibleNodes>();

/**
 * How many places of a topology key a workload's pods can be in at most, by what they ask for, by the
 * volumes of the claims that they share, and by the nodes of the input; Infinity where nothing says.
 */
export function mostPlaces(workload: Workload, key: string, facts: Facts): number {
  const { pod } = workload;
  if (nameAt(pod, 'nodeName') !== undefined || Object.hasOwn(objectAt(pod, 'nodeSelector'), key)) {
    return 1;
  }
  const affinity = objectAt(objectAt(pod, 'affinity'), 'nodeAffinity');
  const nodes = nodesFor(workload, facts)?.nodes;
  return Math.min(
    nodes === undefined
      ? Number.POSITIVE_INFINITY
      : volumeNodes(facts.inventory).countPlaces(nodes, key),
    mostPlacesOf(affinity.requiredDuringSchedulingIgnoredDuringExecution, key),
    ...facts.claimsOf(workload).shared.map((claim) => mostPlacesOfClaim(claim, key, nodes, facts)),
  );
}

// A claim has one of its volumes, whichever that turns out to be.
function mostPlacesOfClaim(
  claim: string,
  key: string,
  nodes: readonly NodeEntry[] | undefined,
  facts: Facts,
): number {
  const binding = facts.bindingOf({ key: claim });
  const names =
    binding?.outcomes.every((outcome) => outcome === 'bound') === true ? volumesOf(binding) : [];
  if (names.length === 0 || names.length > MOST_VOLUMES) {
    return Number.POSITIVE_INFINITY;
  }
  const { inventory } = facts;
  const known = volumeNodes(inventory);
  return Math.max(
    ...names.map((name) => {
      const volume = inventory.volumes.get(name);
      return Math.min(
        mostPlacesOf(volume?.nodeAffinity, key),
        nodes === undefined || volume === undefined
          ? Number.POSITIVE_INFINITY
          : known.countPlaces(known.within(nodes, volume), key),
      );
    }),
  );
}

// Claims of pools are not looked at: their volumes are many, and of one kind.
const MOST_VOLUMES = 100;

// How many places a node selector names at most; Infinity where it names none by itself.
function mostPlacesOf(selector: unknown, key: string): number {
  const terms = isPlainObject(selector) ? listAt(selector, 'nodeSelectorTerms') : [];
  return terms.length === 0
    ? Number.POSITIVE_INFINITY
    : terms.reduce<number>(
        (sum, term) => sum + (isPlainObject(term) ? mostPlacesOfTerm(term, key) : 0),
        0,
      );
}

function mostPlacesOfTerm(term: PlainObject, key: string): number {
  const named = [
    ...listAt(term, 'matchExpressions')
      .filter(isPlainObject)
      .filter((each) => each.key === key),
    ...(key === HOSTNAME ? listAt(term, 'matchFields').filter(isPlainObject) : []),
  ].filter(({ operator }) => operator === 'In');
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...named.map((each) => new Set(listAt(each, 'values')).size),
  );
}

/** Whether the pods of a workload all come to one node, wherever that is. */
export function staysTogether(workload: Workload, facts: Facts): boolean {
  return (
    mostPlaces(workload, HOSTNAME, facts) <= 1 ||
    spacingOf(workload, facts).together.includes(HOSTNAME)
  );
}

/** Whether so many pods of a workload never fit on one node. */
export function isForcedApart(workload: Workload, facts: Facts, pods: number): boolean {
  return isApart(spacingOf(workload, facts).all, pods);
}

/** Whether a roll-out's new pod never fits on the node of one of so many old ones. */
export function isForcedAway(workload: Workload, facts: Facts, pods: number): boolean {
  return isApart(spacingOf(workload, facts).acrossRevisions, pods + 1);
}

function spacingOf(workload: Workload, facts: Facts) {
  const none: EligibleNodes = { nodes: [], wanted: [], reasons: [] };
  const { all, sets } = volumeNodes(facts.inventory);
  return podSpacing(workload, nodesFor(workload, facts) ?? none, all, false, sets);
}

// A spread lets a place have `maxSkew` pods more than another: that holds where there is another.
function isApart({ apart, spreads }: Spacing, pods: number): boolean {
  return (
    pods > 1 &&
    (apart.length > 0 ||
      spreads.some(({ maxSkew, counted, topologyKey }) => {
        const places = new Set(counted.map((node) => placeOf(node, topologyKey)));
        return pods > maxSkew && places.size !== 1;
      }))
  );
}
