import { affinityText } from './affinity-text';
import type { NodeEntry } from './inventory';
import { NodeIndex } from './node-index';
import { textOf } from './object-text';
import type { VolumeEntry } from './volume-entry';

/** Labels of a volume that the scheduler compares with those of nodes, and their other names. */
const ZONE_LABELS: readonly (readonly [key: string, alias: string])[] = [
  ['topology.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/zone'],
  ['topology.kubernetes.io/region', 'failure-domain.beta.kubernetes.io/region'],
  ['failure-domain.beta.kubernetes.io/zone', 'topology.kubernetes.io/zone'],
  ['failure-domain.beta.kubernetes.io/region', 'topology.kubernetes.io/region'],
];

/** Where a volume can be used; one object for all volumes that are bound to the same nodes. */
export interface Reach {
  /** Nodes that its node affinity admits; undefined where it admits every node. */
  readonly affinity?: ReadonlySet<NodeEntry>;

  /** Nodes that its zone and region labels admit; undefined where they admit every node. */
  readonly zones?: ReadonlySet<NodeEntry>;

  /** A label that nodes need, of a volume that has yet to be made. */
  readonly label?: { readonly key: string; readonly value: string };

  /** What groups volumes of this reach. */
  readonly id: string;
}

/** Where a volume can be used that every node can use. */
const EVERYWHERE: Reach = { id: '' };

/** Works out where volumes can be used, once for all that agree. */
export class VolumeReaches {
  readonly #index: NodeIndex;
  readonly #known = new Map<string, Reach>();
  readonly #byVolume = new WeakMap<VolumeEntry, Reach>();

  constructor(nodes: readonly NodeEntry[] | NodeIndex) {
    this.#index = nodes instanceof NodeIndex ? nodes : new NodeIndex(nodes);
  }

  /** Where the volume can be used. */
  of(volume: VolumeEntry): Reach {
    let reach = this.#byVolume.get(volume);
    if (reach === undefined) {
      reach = this.#find(volume);
      this.#byVolume.set(volume, reach);
    }
    return reach;
  }

  #find(volume: VolumeEntry): Reach {
    const { nodeAffinity, labels } = volume;
    const zones = ZONE_LABELS.filter(([key]) => Object.hasOwn(labels, key));
    if (nodeAffinity === undefined && zones.length === 0) {
      return EVERYWHERE;
    }
    const values = zones.length === 0 ? '' : textOf(zones.map(([key]) => [key, labels[key]]));
    const text = `${affinityText(volume)}\n${values}`;
    let reach = this.#known.get(text);
    if (reach === undefined) {
      reach = {
        id: `#${this.#known.size}`,
        affinity:
          nodeAffinity === undefined ? undefined : new Set(this.#index.matching(nodeAffinity)),
        zones:
          zones.length === 0
            ? undefined
            : new Set(this.#index.all.filter((node) => isInZones(labels, node))),
      };
      this.#known.set(text, reach);
    }
    return reach;
  }
}

/** Whether the volume of this reach can be used on the node. */
export function reaches({ affinity, zones, label }: Reach, node: NodeEntry): boolean {
  return (
    (affinity?.has(node) ?? true) &&
    (zones?.has(node) ?? true) &&
    (label === undefined || own(node, label.key) === label.value)
  );
}

/**
 * Whether a volume's zone and region labels allow the node.
 *
 * A label lists several zones with `__` between them. A node without any zone or region label passes,
 * one that lacks the label in question does not.
 * Source: Kubernetes, pkg/scheduler/framework/plugins/volumezone.
 */
function isInZones(labels: VolumeEntry['labels'], node: NodeEntry): boolean {
  if (!ZONE_LABELS.some(([key]) => Object.hasOwn(node.labels, key))) {
    return true;
  }
  return ZONE_LABELS.every(([key, alias]) => {
    const zones = Object.hasOwn(labels, key) ? labels[key] : undefined;
    const zone = own(node, key) ?? own(node, alias);
    return zones === undefined || (zone !== undefined && zones.split('__').includes(zone));
  });
}

function own({ labels }: NodeEntry, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
