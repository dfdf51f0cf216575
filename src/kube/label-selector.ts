/** Labels by key. */
export type Labels = Readonly<Record<string, string>>;

/** Operators of a selector's expressions (Kubernetes API, LabelSelectorRequirement). */
export const SELECTOR_OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** An operator of a selector's expression. */
export type SelectorOperator = (typeof SELECTOR_OPERATORS)[number];

/** One condition on labels. */
export interface LabelSelectorRequirement {
  /** The label's key. */
  readonly key: string;

  /** How the label is compared. */
  readonly operator: SelectorOperator;

  /**
   * What it is compared with; at least one for In and NotIn, none for Exists and DoesNotExist.
   *
   * @default - none
   */
  readonly values?: readonly string[];
}

/** A selector over labels: every entry of `matchLabels` and every expression must hold. */
export interface LabelSelector {
  /**
   * Labels and the value that each must have.
   *
   * @default - none
   */
  readonly matchLabels?: Labels;

  /**
   * Further conditions.
   *
   * @default - none
   */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** The selector as plain objects of its own: cdk8s renders no object of a class or without one. */
export function plainSelector({ matchLabels, matchExpressions }: LabelSelector): LabelSelector {
  return {
    ...(matchLabels && { matchLabels: { ...matchLabels } }),
    ...(matchExpressions && {
      matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values && { values: [...values] }),
      })),
    }),
  };
}

/** Whether the selector matches the labels; an empty selector matches everything. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return compileSelector(selector)(labels);
}

/** The selector as a function, for many labels to be matched with it. */
export function compileSelector({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): (labels: Labels) => boolean {
  const entries = Object.entries(matchLabels);
  return (labels) => {
    for (const [key, value] of entries) {
      if (labelOf(labels, key) !== value) {
        return false;
      }
    }
    return matchExpressions.every((requirement) => meets(requirement, labels));
  };
}

function meets({ key, operator, values = [] }: LabelSelectorRequirement, labels: Labels): boolean {
  return compares(operator, labelOf(labels, key), values);
}

/**
 * Whether a label's value is as an operator wants it; an unknown operator wants nothing that is.
 *
 * @param value - the value, or undefined where there is no such label
 */
export function compares(
  operator: unknown,
  value: string | undefined,
  values: readonly unknown[],
): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

// A label may be called `constructor`: what an object inherits is no label.
function labelOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
