import { oncePer } from '../kube/once-per';
import type { Inventory, NodeEntry } from './inventory';
import { type Condition, LabelIndex } from './label-index';
import { matchesNodeSelector } from './node-selector';
import { isPlainObject, listAt } from './plain-object';

/** The nodes of the inventory; one index for all who ask. */
export const nodeIndex = oncePer(({ nodes }: Inventory) => new NodeIndex([...nodes.values()]));

/** The nodes of a cluster, to be found by their labels. */
export class NodeIndex {
  readonly #positions: ReadonlyMap<NodeEntry, number>;
  readonly #byName: ReadonlyMap<string, NodeEntry>;
  #labels: LabelIndex<NodeEntry> | undefined;

  constructor(readonly all: readonly NodeEntry[]) {
    this.#positions = new Map(all.map((node, position) => [node, position]));
    this.#byName = new Map(all.map((node) => [node.name, node]));
  }

  /** The node of this name. */
  named(name: string): NodeEntry | undefined {
    return this.#byName.get(name);
  }

  /** The few nodes that all the conditions may hold for; all where none tells. */
  narrow(conditions: readonly Condition[]): readonly NodeEntry[] {
    if (conditions.length === 0) {
      return this.all;
    }
    this.#labels ??= new LabelIndex(this.all, ({ labels }) => labels);
    return this.#labels.narrow(conditions);
  }

  /** The nodes that a node selector of unknown shape matches. */
  matching(selector: unknown): readonly NodeEntry[] {
    const terms = isPlainObject(selector) ? listAt(selector, 'nodeSelectorTerms') : [];
    const found = new Set<NodeEntry>();
    for (const term of terms.filter(isPlainObject)) {
      const narrow = this.narrow(listAt(term, 'matchExpressions').filter(isPlainObject));
      const alone = { nodeSelectorTerms: [term] };
      for (const node of narrow) {
        if (matchesNodeSelector(alone, node)) {
          found.add(node);
        }
      }
    }
    return this.inOrder(found);
  }

  /** The nodes in the order in which they came. */
  inOrder(nodes: Iterable<NodeEntry>): readonly NodeEntry[] {
    return [...nodes].sort((a, b) => (this.#positions.get(a) ?? 0) - (this.#positions.get(b) ?? 0));
  }
}
