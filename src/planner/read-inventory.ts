import { type ClaimEntry, readClaim } from './claim-entry';
import { type ClassEntry, readClass } from './class-entry';
import { type Inventory, type NodeEntry, WORKLOAD_GROUPS, type WorkloadEntry } from './inventory';
import { isLive, labelsOf } from './metadata';
import { forEachObject, type Problem } from './object-list';
import { nameAt, objectAt, type PlainObject } from './plain-object';
import { AmountReader } from './read-amount';
import { templateClaims } from './template-claims';
import { readVolume, type VolumeEntry } from './volume-entry';

/** The namespace of an object that names none, as kubectl's default context has it. */
const DEFAULT_NAMESPACE = 'default';

/** An object as it came, and what the cluster has under its name. */
interface Twin {
  readonly namespace: string;
  readonly name: string;
  readonly object: PlainObject;
  readonly existing: boolean;

  /** What holds once both are one: `kubectl apply` keeps what the cluster has added. */
  readonly from: PlainObject;
}

/** Reads objects of any origin; what cannot be read becomes a problem. */
export function readInventory(
  objects: readonly unknown[],
  existing: readonly unknown[] | undefined,
): Inventory {
  const shelves = new Shelves();
  shelves.fill(objects, false);
  if (existing !== undefined) {
    shelves.fill(existing, true);
  }
  return shelves.read(existing !== undefined);
}

class Shelves {
  readonly #classes = new Map<string, ClassEntry>();
  readonly #nodes = new Map<string, NodeEntry>();
  readonly #volumes = new Map<string, Twin>();
  readonly #claims = new Map<string, Twin>();
  readonly #workloads = new Map<string, WorkloadEntry>();
  readonly #problems: Problem[] = [];
  #live = false;

  fill(values: readonly unknown[], existing: boolean): void {
    forEachObject(values, this.#problems, (object, kind, apiVersion) => {
      const slash = apiVersion.indexOf('/');
      this.#put(object, kind, slash < 0 ? '' : apiVersion.slice(0, slash), existing);
    });
  }

  read(closed: boolean): Inventory {
    const amounts = new AmountReader();
    const volumes = new Map<string, VolumeEntry>();
    for (const [key, twin] of this.#volumes) {
      const state = { existing: twin.existing, order: volumes.size, from: twin.from };
      volumes.set(key, readVolume(twin.name, twin.object, state, amounts));
    }
    const claims = new Map<string, ClaimEntry>();
    for (const [key, { namespace, name, object, existing, from }] of this.#claims) {
      const origin = { object, existing, order: claims.size };
      claims.set(key, readClaim(namespace, name, from, origin, amounts));
    }
    for (const workload of this.#workloads.values()) {
      for (const made of templateClaims(workload, this.#problems)) {
        // A claim of that name is adopted as it is: BINDING's D12 of StatefulSets.
        if (!claims.has(`${workload.namespace}/${made.name}`)) {
          const { existing, object, key: madeBy } = workload;
          const origin = { object, existing, order: claims.size, madeBy };
          const claim = readClaim(workload.namespace, made.name, made.template, origin, amounts);
          claims.set(claim.key, claim);
        }
      }
    }
    return {
      classes: this.#classes,
      volumes,
      claims,
      nodes: this.#nodes,
      workloads: [...this.#workloads.values()],
      problems: this.#problems,
      closed: closed || this.#live,
    };
  }

  #put(object: PlainObject, kind: string, group: string, existing: boolean): void {
    if (kind === 'PersistentVolume' && group === '') {
      this.#putTwin(this.#volumes, object, kind, existing);
    } else if (kind === 'PersistentVolumeClaim' && group === '') {
      this.#putTwin(this.#claims, object, kind, existing);
    } else if (kind === 'StorageClass' && group === 'storage.k8s.io') {
      this.#putClass(object, kind, existing);
    } else if (kind === 'Node' && group === '') {
      this.#putNode(object, kind);
    } else if (Object.hasOwn(WORKLOAD_GROUPS, kind) && WORKLOAD_GROUPS[kind]?.includes(group)) {
      this.#putWorkload(object, kind, existing);
    }
  }

  #putClass(object: PlainObject, kind: string, existing: boolean): void {
    this.#named(object, kind, (name, metadata) => {
      this.#live ||= isLive(metadata);
      if (this.#isNew(this.#classes.get(name), object, kind, existing)) {
        this.#classes.set(name, readClass(name, object, existing));
      }
    });
  }

  #putNode(object: PlainObject, kind: string): void {
    this.#named(object, kind, (name, metadata) => {
      if (!this.#nodes.has(name)) {
        this.#nodes.set(name, { name, object, labels: labelsOf(metadata) ?? {} });
      }
    });
  }

  #putTwin(shelf: Map<string, Twin>, object: PlainObject, kind: string, existing: boolean): void {
    this.#named(object, kind, (name, metadata) => {
      this.#live ||= isLive(metadata);
      const namespace = nameAt(metadata, 'namespace') ?? DEFAULT_NAMESPACE;
      const key = kind === 'PersistentVolume' ? name : `${namespace}/${name}`;
      const before = shelf.get(key);
      if (before === undefined) {
        shelf.set(key, { namespace, name, object, existing, from: object });
      } else if (existing && !before.existing) {
        shelf.set(key, { ...before, from: applied(before.object, object) });
      } else {
        this.#isNew(before, object, kind, existing);
      }
    });
  }

  #putWorkload(object: PlainObject, kind: string, existing: boolean): void {
    const metadata = objectAt(object, 'metadata');
    // Pods and Jobs are often made under generated names; each is one of its own.
    const name = nameAt(metadata, 'name') ?? nameAt(metadata, 'generateName');
    if (name === undefined) {
      this.#problems.push({ object, message: `${kind} has no metadata.name` });
      return;
    }
    const namespace = nameAt(metadata, 'namespace') ?? DEFAULT_NAMESPACE;
    const key = `${namespace}/${kind}/${name}`;
    const shelf = metadata.name === undefined ? `${key}#${this.#workloads.size}` : key;
    if (this.#isNew(this.#workloads.get(shelf), object, kind, existing)) {
      this.#workloads.set(shelf, { key, kind, namespace, name, object, existing });
    }
  }

  #named(
    object: PlainObject,
    kind: string,
    use: (name: string, metadata: PlainObject) => void,
  ): void {
    const metadata = objectAt(object, 'metadata');
    const name = nameAt(metadata, 'name');
    if (name === undefined) {
      this.#problems.push({ object, message: `${kind} has no metadata.name` });
    } else {
      use(name, metadata);
    }
  }

  /** Whether it is the first of its name; the planned one hides the one that exists. */
  #isNew(
    before: { readonly existing: boolean } | undefined,
    object: PlainObject,
    kind: string,
    existing: boolean,
  ): boolean {
    if (before !== undefined && before.existing === existing) {
      const name = nameAt(objectAt(object, 'metadata'), 'name');
      this.#problems.push({
        object,
        message: `${kind} '${name}' is there twice; the first is read`,
      });
    }
    return before === undefined;
  }
}

// What stays of the cluster's object when the planned one is applied over it: its identity, its
// status, what a controller has filled in.
function applied(planned: PlainObject, present: PlainObject): PlainObject {
  const metadata = objectAt(planned, 'metadata');
  const before = objectAt(present, 'metadata');
  return {
    ...present,
    ...planned,
    metadata: {
      ...before,
      ...metadata,
      annotations: { ...objectAt(before, 'annotations'), ...objectAt(metadata, 'annotations') },
    },
    spec: { ...objectAt(present, 'spec'), ...objectAt(planned, 'spec') },
    status: present.status,
  };
}
