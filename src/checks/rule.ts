import type { PlanOptions, Severity } from '../planner/plan';
import type { Facts } from './facts';

/** One thing that can be wrong with storage, and all that is told of it. */
export interface Rule {
  /** What findings, annotations and the name of its file and page call it. */
  readonly id: string;

  /** How much a finding matters where it does not say otherwise. */
  readonly severity: Severity;

  /**
   * Whether it holds only if what the input lacks is not in the cluster either: its findings are
   * then info, unless the whole cluster is known.
   *
   * @default false
   */
  readonly closed?: boolean;

  /** What is wrong, in one sentence without a full stop, such as `no volume fits the claim`. */
  readonly summary: string;

  /** Why it matters and how it comes about, in Markdown. */
  readonly why: string;

  /** Where Kubernetes, or the driver, says so. */
  readonly source: string;

  /** Manifests in which the rule finds something. */
  readonly bad: string;

  /** The same manifests, mended: no rule finds anything in them. */
  readonly good: string;

  /**
   * What the examples are planned with.
   *
   * @default - no options; of a closed rule, `existing: []`
   */
  readonly options?: PlanOptions;

  /** Finds it. Reads only, never throws, and is silent where it is not sure. */
  check(facts: Facts): Iterable<RuleFinding>;
}

/** What a rule has found on an object; the first one on each object counts. */
export interface RuleFinding {
  /** As it came; of a claim that a StatefulSet makes, the set. */
  readonly object: unknown;

  /** What is wrong: the objects, both values that disagree, what `kubectl describe` shows. */
  readonly message: string;

  /** What to do, as a command without a full stop, such as `set storageClassName: ""`. */
  readonly fix: string;

  /**
   * The field in question, such as `['spec', 'accessModes', 0]`.
   *
   * @default - the object
   */
  readonly path?: readonly (string | number)[];

  /** @default - the rule's own */
  readonly severity?: Severity;

  /** @default - the rule's own */
  readonly closed?: boolean;
}
