import { oncePer } from '../kube/once-per';
import type { ClaimBinding } from '../planner/claim-binding';
import type { ClaimEntry } from '../planner/claim-entry';
import { volumesOf } from '../planner/claim-verdict';
import { objectAt, textAt } from '../planner/plain-object';
import type { VolumeEntry } from '../planner/volume-entry';
import type { Facts } from './facts';
import { ANY_NODE, is, type NodeTerms, selectorTerms, topologyTerms } from './node-terms';

/** Where a claim's volume can be used, if it is this one. */
export interface VolumePlace {
  /** What says so: the volume, or the class that makes one. */
  readonly volume?: VolumeEntry;
  readonly title: string;

  /** Nodes of its node affinity, or of the class's topologies. */
  readonly affinity: NodeTerms;

  /** Nodes of its zone and region labels. */
  readonly zones: NodeTerms;
}

/** Labels of volumes that the scheduler compares with those of nodes. */
const ZONE_LABELS: readonly string[] = [
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
];

// A claim of a pool can be in many places; beyond so many nothing is said of it.
const MOST_PLACES = 50;

/**
 * All places in which the volume of a claim can turn out to be, each once: one list for claims that can
 * bind to the same volumes. Undefined where that is not known, or where there are more than a few.
 */
export function volumePlaces(key: string, facts: Facts): readonly VolumePlace[] | undefined {
  const binding = facts.bindingOf({ key });
  if (binding === undefined || mayBeMade(binding, facts)) {
    return undefined;
  }
  const [first, ...others] = binding.outcomes.filter((outcome) => outcome !== 'pending');
  if (others.length > 0) {
    return undefined;
  }
  switch (first) {
    case 'bound':
      return placesIn(facts)(volumesOf(binding));
    case 'provisioned':
      return placesOfNew(binding.claim, facts);
    default:
      return undefined;
  }
}

// Where the class waits for a pod and makes volumes, one is made where the pod goes and no free one
// can be used.
function mayBeMade({ claim, shapes, outcomes }: ClaimBinding, facts: Facts): boolean {
  const found = facts.classOf(claim);
  return (
    outcomes.includes('bound') &&
    shapes.length > 0 &&
    found?.waits === true &&
    found.provisioner !== 'kubernetes.io/no-provisioner'
  );
}

// Claims that can bind to the same volumes share one list of them, and it may be long.
const placesIn = oncePer((facts: Facts) =>
  oncePer((names: readonly string[]) => distinct(names, facts)),
);

function distinct(names: readonly string[], { inventory }: Facts): VolumePlace[] | undefined {
  const places = new Map<string, VolumePlace>();
  for (const name of names) {
    const volume = inventory.volumes.get(name);
    if (volume === undefined) {
      return undefined;
    }
    const id = idOf(volume);
    if (!places.has(id)) {
      places.set(id, {
        volume,
        title: `PersistentVolume ${name}`,
        affinity: selectorTerms(volume.nodeAffinity),
        zones: zoneTerms(volume),
      });
    }
    if (places.size > MOST_PLACES) {
      return undefined;
    }
  }
  return [...places.values()];
}

function idOf({ name, nodeAffinity, labels }: VolumeEntry): string {
  const zones = ZONE_LABELS.map((key) => (Object.hasOwn(labels, key) ? labels[key] : null));
  try {
    return JSON.stringify([nodeAffinity ?? null, zones]);
  } catch {
    return name; // cyclic, so like no other
  }
}

// A label lists several zones with `__` between them.
function zoneTerms({ labels }: VolumeEntry): NodeTerms {
  const keys = ZONE_LABELS.filter((key) => Object.hasOwn(labels, key));
  return keys.length === 0
    ? ANY_NODE
    : [keys.map((key) => is(key, labels[key]?.split('__') ?? []))];
}

function placesOfNew(claim: ClaimEntry, facts: Facts): readonly VolumePlace[] | undefined {
  const found = facts.classOf(claim);
  if (found === undefined) {
    return undefined;
  }
  const zone = zoneOf(objectAt(found.object, 'parameters'));
  const affinity = zone ?? topologyTerms(found.object);
  return [{ title: `StorageClass ${found.name}`, affinity, zones: ANY_NODE }];
}

// Before allowedTopologies in-tree classes named their zones by a parameter, and still may.
// Source: k8s.io/csi-translation-lib, plugins, TranslateInTreeStorageClassToCSI.
function zoneOf(parameters: ReturnType<typeof objectAt>): NodeTerms | undefined {
  const zones = textAt(parameters, 'zone') ?? textAt(parameters, 'zones');
  return zones === undefined
    ? undefined
    : [
        [
          is(
            'topology.kubernetes.io/zone',
            zones.split(',').map((each) => each.trim()),
          ),
        ],
      ];
}
