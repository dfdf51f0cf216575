import type { LabelSelector, Labels } from '../kube/label-selector';

/** A condition on labels, as far as it says where to look; of unknown shape. */
export interface Condition {
  readonly key?: unknown;
  readonly operator?: unknown;
  readonly values?: unknown;
}

/** Operators that nothing without the label meets. */
const NEEDS_LABEL: readonly unknown[] = ['Exists', 'Gt', 'Lt'];

/** Things by their labels, so that a selector finds what it can match without a pass over all. */
export class LabelIndex<T> {
  readonly #byKey = new Map<string, Map<string, T[]>>();

  constructor(
    private readonly all: readonly T[],
    labelsOf: (item: T) => Labels,
  ) {
    for (const item of all) {
      const labels = labelsOf(item);
      for (const key of Object.keys(labels)) {
        let byValue = this.#byKey.get(key);
        if (byValue === undefined) {
          byValue = new Map();
          this.#byKey.set(key, byValue);
        }
        const value = labels[key] as string;
        const items = byValue.get(value);
        if (items === undefined) {
          byValue.set(value, [item]);
        } else {
          items.push(item);
        }
      }
    }
  }

  /** The few items that all the conditions may hold for, in order; all where none tells. */
  narrow(conditions: readonly Condition[]): readonly T[] {
    let best: readonly (readonly T[])[] | undefined;
    let least = this.all.length;
    for (const condition of conditions) {
      const lists = this.#listsOf(condition);
      const count = lists?.reduce((sum, { length }) => sum + length, 0) ?? least;
      if (lists !== undefined && count < least) {
        best = lists;
        least = count;
      }
    }
    return best === undefined ? this.all : ((best.length === 1 ? best[0] : best.flat()) ?? []);
  }

  #listsOf({ key, operator, values }: Condition): readonly (readonly T[])[] | undefined {
    const byValue = typeof key === 'string' ? this.#byKey.get(key) : undefined;
    if (operator === 'In') {
      return [...new Set(Array.isArray(values) ? values : [])].flatMap((value) => {
        const items = byValue?.get(value);
        return items === undefined ? [] : [items];
      });
    }
    return NEEDS_LABEL.includes(operator) ? [...(byValue?.values() ?? [])] : undefined;
  }
}

/** The conditions of a label selector. */
export function conditionsOf({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly Condition[] {
  const equal = Object.keys(matchLabels).map((key) => ({
    key,
    operator: 'In',
    values: [matchLabels[key]],
  }));
  return [...equal, ...matchExpressions];
}
