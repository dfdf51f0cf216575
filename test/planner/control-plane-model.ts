/**
 * A scheduler and a deployment controller, written down as literally as their rules read, that make
 * every choice at random: what they do once is what can happen.
 */

export interface ModelNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ModelVolume {
  readonly name: string;
  readonly size: number;
  /** Label that a node needs, if any. */
  readonly only?: { readonly key: string; readonly values: readonly string[] };
}

export interface ModelClaim {
  readonly name: string;
  readonly size: number;
  /** Name of the volume that it is bound to from the start; without one it waits for a pod. */
  readonly volume?: string;
}

export interface ModelScenario {
  readonly nodes: readonly ModelNode[];
  readonly volumes: readonly ModelVolume[];
  readonly claims: readonly ModelClaim[];
  readonly replicas: number;
  readonly apart: readonly string[];
  readonly together: readonly string[];
  readonly spread?: { readonly key: string; readonly maxSkew: number };
  readonly selector?: { readonly key: string; readonly value: string };
  /** Undefined for Recreate. */
  readonly rolling?: { readonly surge: number; readonly unavailable: number };
}

interface Pod {
  readonly revision: number;
  node?: ModelNode;
}

type Pick = <T>(items: readonly T[]) => T | undefined;

/** Plays the scenario once; `rolledOut` only where every replica came up. */
export function play(scenario: ModelScenario, pick: Pick): { up: boolean; rolledOut?: boolean } {
  const { replicas, rolling } = scenario;
  const bound = new Map(
    scenario.claims.flatMap(({ name, volume }) => (volume ? [[name, volume] as const] : [])),
  );
  let pods: Pod[] = Array.from({ length: replicas }, () => ({ revision: 1 }));
  schedule(scenario, pods, bound, pick);
  if (!pods.every(({ node }) => node)) {
    return { up: false };
  }
  if (rolling === undefined) {
    pods = Array.from({ length: replicas }, () => ({ revision: 2 }));
    schedule(scenario, pods, bound, pick);
    return { up: true, rolledOut: pods.every(({ node }) => node) };
  }
  for (let step = 0; step < 200; step += 1) {
    const fresh = pods.filter(({ revision }) => revision === 2);
    const old = pods.filter(({ revision }) => revision === 1);
    if (old.length === 0 && fresh.length === replicas && fresh.every(({ node }) => node)) {
      return { up: true, rolledOut: true };
    }
    const room = Math.min(replicas + rolling.surge - pods.length, replicas - fresh.length);
    if (room > 0) {
      pods.push(...Array.from({ length: room }, () => ({ revision: 2 })));
    } else if (!scaleDown(pods, replicas - rolling.unavailable, pick)) {
      return { up: true, rolledOut: false };
    }
    schedule(scenario, pods, bound, pick);
  }
  throw new Error('the roll-out neither ends nor stands still');
}

function scaleDown(pods: Pod[], least: number, pick: Pick): boolean {
  const waiting = pods.filter(({ revision, node }) => revision === 2 && !node).length;
  const most = pods.length - least - waiting;
  let some = false;
  for (let count = 0; count < most; count += 1) {
    const ready = pods.filter(({ node }) => node).length;
    const old = pods.filter(({ revision }) => revision === 1);
    const gone = pick(old.filter(({ node }) => !node)) ?? (ready > least ? pick(old) : undefined);
    if (gone === undefined) {
      break;
    }
    pods.splice(pods.indexOf(gone), 1);
    some = true;
  }
  return some;
}

function schedule(
  scenario: ModelScenario,
  pods: readonly Pod[],
  bound: Map<string, string>,
  pick: Pick,
): void {
  for (;;) {
    const ways = pods
      .filter(({ node }) => !node)
      .flatMap((pod) =>
        scenario.nodes
          .filter((node) => suits(scenario, pods, node))
          .flatMap((node) => {
            const volumes = bind(scenario, bound, node, pick);
            return volumes ? [{ pod, node, volumes }] : [];
          }),
      );
    const way = pick(ways);
    if (way === undefined) {
      return;
    }
    way.pod.node = way.node;
    for (const [claim, volume] of way.volumes) {
      bound.set(claim, volume);
    }
  }
}

function suits(scenario: ModelScenario, pods: readonly Pod[], node: ModelNode): boolean {
  const { apart, together, spread, selector } = scenario;
  const here = pods.flatMap((pod) => (pod.node ? [pod.node] : []));
  const shares = (other: ModelNode, key: string) =>
    node.labels[key] !== undefined && other.labels[key] === node.labels[key];
  if (selector !== undefined && node.labels[selector.key] !== selector.value) {
    return false;
  }
  if (apart.some((key) => here.some((other) => shares(other, key)))) {
    return false;
  }
  if (together.some((key) => node.labels[key] === undefined)) {
    return false;
  }
  if (here.length > 0 && !together.every((key) => here.some((other) => shares(other, key)))) {
    return false;
  }
  if (spread === undefined) {
    return true;
  }
  const counts = new Map<string, number>();
  for (const { labels } of scenario.nodes) {
    const place = labels[spread.key];
    const wanted = selector === undefined || labels[selector.key] === selector.value;
    if (place !== undefined && wanted) {
      counts.set(place, here.filter((other) => other.labels[spread.key] === place).length);
    }
  }
  const place = node.labels[spread.key];
  return (
    place !== undefined &&
    (counts.get(place) ?? 0) + 1 - Math.min(...counts.values()) <= spread.maxSkew
  );
}

function bind(
  { claims, volumes }: ModelScenario,
  bound: ReadonlyMap<string, string>,
  node: ModelNode,
  pick: Pick,
): ReadonlyMap<string, string> | undefined {
  const admits = ({ only }: ModelVolume) =>
    only === undefined || only.values.includes(node.labels[only.key] ?? '');
  const taken = new Map(bound);
  const waiting = claims.filter(({ name }) => !bound.has(name)).sort((a, b) => a.size - b.size);
  for (const name of bound.values()) {
    if (!volumes.some((volume) => volume.name === name && admits(volume))) {
      return undefined;
    }
  }
  for (const claim of waiting) {
    const free = volumes.filter(
      (volume) =>
        admits(volume) && volume.size >= claim.size && ![...taken.values()].includes(volume.name),
    );
    const least = Math.min(...free.map(({ size }) => size));
    const chosen = pick(free.filter(({ size }) => size === least));
    if (chosen === undefined) {
      return undefined;
    }
    taken.set(claim.name, chosen.name);
  }
  return taken;
}
