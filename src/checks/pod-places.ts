import { volumesOf } from '../planner/claim-verdict';
import { daemonPod } from '../planner/daemon-pod';
import { type EligibleNodes, eligibleNodes } from '../planner/eligible-nodes';
import type { NodeEntry } from '../planner/inventory';
import { matchesNodeSelector } from '../planner/node-selector';
import { isPlainObject, listAt, nameAt, objectAt, type PlainObject } from '../planner/plain-object';
import type { Spacing } from '../planner/pod-room';
import { podSpacing } from '../planner/pod-spacing';
import { placeOf } from '../planner/pod-terms';
import type { Workload } from '../planner/workload';
import type { Facts } from './facts';

/** Label of a node that is its own. */
export const HOSTNAME = 'kubernetes.io/hostname';

/** The nodes of the input that a workload's pods may run on; undefined where it has no nodes. */
export function nodesFor(
  { pod, kind }: Pick<Workload, 'pod' | 'kind'>,
  { inventory }: Facts,
): EligibleNodes | undefined {
  return inventory.nodes.size === 0
    ? undefined
    : eligibleNodes(kind === 'DaemonSet' ? daemonPod(pod) : pod, inventory.nodes.values());
}

/**
 * How many nodes a workload's pods can run on at most, by what they ask for, by the volumes of the
 * claims that they share, and by the nodes of the input; Infinity where nothing says so.
 */
export function mostNodes(workload: Workload, facts: Facts): number {
  const { pod } = workload;
  const selector = objectAt(pod, 'nodeSelector');
  if (nameAt(pod, 'nodeName') !== undefined || Object.hasOwn(selector, HOSTNAME)) {
    return 1;
  }
  const affinity = objectAt(objectAt(pod, 'affinity'), 'nodeAffinity');
  const eligible = nodesFor(workload, facts)?.nodes;
  return Math.min(
    eligible?.length ?? Number.POSITIVE_INFINITY,
    mostNodesOf(affinity.requiredDuringSchedulingIgnoredDuringExecution),
    ...facts.claimsOf(workload).shared.map((key) => mostNodesOfClaim(key, eligible, facts)),
  );
}

// A claim has one of its volumes, whichever that turns out to be.
function mostNodesOfClaim(
  key: string,
  eligible: readonly NodeEntry[] | undefined,
  facts: Facts,
): number {
  const binding = facts.bindings.claims.get(key);
  if (binding === undefined || binding.outcomes.some((outcome) => outcome !== 'bound')) {
    return Number.POSITIVE_INFINITY;
  }
  const names = volumesOf(binding);
  return names.length > MOST_VOLUMES
    ? Number.POSITIVE_INFINITY
    : Math.max(0, ...names.map((name) => mostNodesOfVolume(name, eligible, facts)));
}

// Claims of pools are not looked at: their volumes are many, and of one kind.
const MOST_VOLUMES = 100;

function mostNodesOfVolume(
  name: string,
  eligible: readonly NodeEntry[] | undefined,
  { inventory }: Facts,
): number {
  const affinity = inventory.volumes.get(name)?.nodeAffinity;
  return affinity === undefined
    ? Number.POSITIVE_INFINITY
    : Math.min(
        mostNodesOf(affinity),
        eligible?.filter((node) => matchesNodeSelector(affinity, node)).length ??
          Number.POSITIVE_INFINITY,
      );
}

// How many nodes a node selector names at most; Infinity where it names none by itself.
function mostNodesOf(selector: unknown): number {
  const terms = isPlainObject(selector) ? listAt(selector, 'nodeSelectorTerms') : [];
  return terms.length === 0
    ? Number.POSITIVE_INFINITY
    : terms.reduce<number>((sum, term) => sum + (isPlainObject(term) ? mostOfTerm(term) : 0), 0);
}

function mostOfTerm(term: PlainObject): number {
  const named = [
    ...listAt(term, 'matchExpressions')
      .filter(isPlainObject)
      .filter(({ key }) => key === HOSTNAME),
    ...listAt(term, 'matchFields').filter(isPlainObject),
  ].filter(({ operator }) => operator === 'In');
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...named.map((each) => new Set(listAt(each, 'values')).size),
  );
}

/** Whether the pods of a workload all come to one node, wherever that is. */
export function staysTogether(workload: Workload, facts: Facts): boolean {
  return mostNodes(workload, facts) <= 1 || spacingOf(workload, facts).together.includes(HOSTNAME);
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
  const nodes = [...facts.inventory.nodes.values()];
  return podSpacing(workload, nodesFor(workload, facts) ?? none, nodes, false);
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
