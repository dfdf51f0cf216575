import type { ClassEntry } from './class-entry';
import type { NodeEntry } from './inventory';
import { isPlainObject, listAt, textAt } from './plain-object';
import { reachOfNewVolume } from './provisioned-reach';
import type { Reach } from './volume-reach';

/** What a class's volumes can be used on that have yet to be made, by the node they are made for. */
interface Made {
  /** Nodes that the class may make volumes for; undefined where that is every node. */
  readonly allowed: ReadonlySet<NodeEntry> | undefined;
  readonly reaches: Map<NodeEntry, Reach | undefined>;
}

/** Volumes that classes make for nodes; each question is answered once for all claims. */
export class NewVolumes {
  readonly #made = new Map<ClassEntry, Made>();

  /** Volumes of one zone have one reach. */
  readonly #reaches = new Map<string, Reach>();

  constructor(private readonly nodes: readonly NodeEntry[]) {}

  /** Whether the class may make volumes for the node. */
  allows(of: ClassEntry, node: NodeEntry): boolean {
    return this.#of(of).allowed?.has(node) ?? true;
  }

  /** Where a volume can be used that is made for the node; undefined where nobody knows. */
  reachAt(of: ClassEntry, node: NodeEntry): Reach | undefined {
    const { reaches } = this.#of(of);
    if (!reaches.has(node)) {
      const reach = reachOfNewVolume(of.provisioner, node);
      reaches.set(node, reach && this.#known(reach));
    }
    return reaches.get(node);
  }

  #known(reach: Reach): Reach {
    const key = `${reach.label?.key} ${reach.id}`;
    const known = this.#reaches.get(key) ?? reach;
    this.#reaches.set(key, known);
    return known;
  }

  #of(of: ClassEntry): Made {
    let made = this.#made.get(of);
    if (made === undefined) {
      const isOpen = listAt(of.object, 'allowedTopologies').filter(isPlainObject).length === 0;
      const allowed = isOpen ? undefined : new Set(this.nodes.filter((node) => allows(of, node)));
      made = { allowed, reaches: new Map() };
      this.#made.set(of, made);
    }
    return made;
  }
}

/** Whether the class may make volumes for the node (StorageClass.allowedTopologies). */
export function allows({ object }: ClassEntry, { labels }: NodeEntry): boolean {
  const terms = listAt(object, 'allowedTopologies').filter(isPlainObject);
  return (
    terms.length === 0 ||
    terms.some((term) =>
      listAt(term, 'matchLabelExpressions')
        .filter(isPlainObject)
        .every((expression) => {
          const key = textAt(expression, 'key') ?? '';
          return Object.hasOwn(labels, key) && listAt(expression, 'values').includes(labels[key]);
        }),
    )
  );
}
