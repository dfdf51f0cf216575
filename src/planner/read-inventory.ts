import { isDeepStrictEqual } from 'node:util';
import { type ClaimEntry, readClaim } from './claim-entry';
import { type ClassEntry, readClass } from './class-entry';
import {
  DEFAULT_NAMESPACE,
  type Inventory,
  type NodeEntry,
  WORKLOAD_GROUPS,
  type WorkloadEntry,
} from './inventory';
import { isLive, labelsOf } from './metadata';
import { forEachObject, type Problem } from './object-list';
import { nameAt, objectAt, type PlainObject } from './plain-object';
import { AmountReader } from './read-amount';
import { MOST_MADE, templateClaims } from './template-claims';
import { readVolume, type VolumeEntry } from './volume-entry';

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
  readonly #volumes = new Shelf();
  readonly #claims = new Shelf();
  readonly #workloads = new Map<string, WorkloadEntry>();
  readonly #drivers = new Map<string, PlainObject>();
  readonly #problems: Problem[] = [];
  readonly #present = new Map<PlainObject, PlainObject>();
  readonly #planned: PlainObject[] = [];
  readonly #existing: PlainObject[] = [];
  #live = false;

  fill(values: readonly unknown[], existing: boolean): void {
    forEachObject(values, this.#problems, (object, kind, apiVersion) => {
      (existing ? this.#existing : this.#planned).push(object);
      const slash = apiVersion.indexOf('/');
      this.#put(object, kind, slash < 0 ? '' : apiVersion.slice(0, slash), existing);
    });
  }

  read(closed: boolean): Inventory {
    const amounts = new AmountReader();
    const volumes = new Map<string, VolumeEntry>();
    this.#volumes.forEach((name, object, existing, from, present) => {
      this.#meets(object, present);
      const state = { existing, order: volumes.size, from };
      volumes.set(name, readVolume(name, object, state, amounts));
    });
    const claims = new Map<string, ClaimEntry>();
    this.#claims.forEach((key, object, existing, from, present) => {
      this.#meets(object, present);
      claims.set(key, readClaim(key, from, { object, existing, order: claims.size }, amounts));
    });
    let left = MOST_MADE;
    for (const workload of this.#workloads.values()) {
      for (const made of templateClaims(workload, this.#problems, left)) {
        // A claim of that name is adopted as it is (Kubernetes, pkg/controller/statefulset).
        const key = `${workload.namespace}/${made.name}`;
        if (!claims.has(key)) {
          left -= 1;
          const { existing, object, key: madeBy } = workload;
          const origin = { object, existing, order: claims.size, madeBy };
          claims.set(key, readClaim(key, made.template, origin, amounts));
        }
      }
    }
    amounts.rank();
    return {
      classes: this.#classes,
      volumes,
      claims,
      nodes: this.#nodes,
      workloads: [...this.#workloads.values()],
      drivers: this.#drivers,
      planned: this.#planned,
      existing: this.#existing,
      present: this.#present,
      problems: this.#problems,
      closed: closed || this.#live,
    };
  }

  #put(object: PlainObject, kind: string, group: string, existing: boolean): void {
    if (kind === 'PersistentVolume' && group === '') {
      this.#putOn(this.#volumes, object, kind, existing);
    } else if (kind === 'PersistentVolumeClaim' && group === '') {
      this.#putOn(this.#claims, object, kind, existing);
    } else if (kind === 'StorageClass' && group === 'storage.k8s.io') {
      this.#putClass(object, kind, existing);
    } else if (kind === 'CSIDriver' && group === 'storage.k8s.io') {
      this.#putDriver(object, kind);
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

  #putDriver(object: PlainObject, kind: string): void {
    this.#named(object, kind, (name) => {
      if (!this.#drivers.has(name)) {
        this.#drivers.set(name, object);
      }
    });
  }

  #putOn(shelf: Shelf, object: PlainObject, kind: string, existing: boolean): void {
    this.#named(object, kind, (name, metadata) => {
      this.#live ||= isLive(metadata);
      const namespace = nameAt(metadata, 'namespace') ?? DEFAULT_NAMESPACE;
      const key = kind === 'PersistentVolume' ? name : `${namespace}/${name}`;
      const first = shelf.put(key, object, existing);
      if (first !== object) {
        this.#tellTwice(object, first, kind, name);
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
    before: Pick<ClassEntry | WorkloadEntry, 'existing' | 'object'> | undefined,
    object: PlainObject,
    kind: string,
    existing: boolean,
  ): boolean {
    if (before !== undefined && before.existing === existing) {
      const name = nameAt(objectAt(object, 'metadata'), 'name');
      this.#tellTwice(object, before.object, kind, name ?? '');
    } else if (before !== undefined) {
      this.#meets(before.object, object);
    }
    return before === undefined;
  }

  #meets(planned: PlainObject, present: PlainObject | undefined): void {
    if (present !== undefined && !this.#present.has(planned)) {
      this.#present.set(planned, present);
    }
  }

  #tellTwice(object: PlainObject, first: PlainObject, kind: string, name: string): void {
    // The same once more changes nothing: a file that is read twice, a base beside its overlay.
    if (!isDeepStrictEqual(object, first)) {
      this.#problems.push({
        object,
        message: `${kind} '${name}' is there twice, and the two differ; the first is read`,
        fix: 'keep one of them, or look at what is not applied together apart',
      });
    }
  }
}

/** Objects of a kind by key, as they are planned and as they are. */
class Shelf {
  readonly #planned = new Map<string, PlainObject>();
  readonly #existing = new Map<string, PlainObject>();

  /** The first object of the key: this one, or one that came before. */
  put(key: string, object: PlainObject, existing: boolean): PlainObject {
    const objects = existing ? this.#existing : this.#planned;
    const first = objects.get(key);
    if (first === undefined) {
      objects.set(key, object);
    }
    return first ?? object;
  }

  /** Calls `each` with every object, planned ones first, and with what it comes to. */
  forEach(
    each: (
      key: string,
      object: PlainObject,
      existing: boolean,
      from: PlainObject,
      present?: PlainObject,
    ) => void,
  ): void {
    for (const [key, object] of this.#planned) {
      const present = this.#existing.get(key);
      each(key, object, false, present === undefined ? object : applied(object, present), present);
    }
    for (const [key, object] of this.#existing) {
      if (!this.#planned.has(key)) {
        each(key, object, true, object);
      }
    }
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
