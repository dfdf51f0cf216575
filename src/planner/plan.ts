/**
 * Kubernetes versions whose rules the planner knows, oldest first.
 *
 * They differ in the removal of volume plugins, in VolumeAttributesClasses and in what is refused.
 */
export const KUBERNETES_VERSIONS = [
  '1.28',
  '1.29',
  '1.30',
  '1.31',
  '1.32',
  '1.33',
  '1.34',
  '1.35',
  '1.36',
] as const;

/** A Kubernetes version, without its patch. */
export type KubernetesVersion = (typeof KUBERNETES_VERSIONS)[number];

/** The version that is planned for where none is given. */
export const DEFAULT_KUBERNETES_VERSION: KubernetesVersion = '1.34';

/** What a plan rests on besides the objects. */
export interface PlanOptions {
  /**
   * The cluster's version, without its patch.
   *
   * @default - '1.34'
   */
  readonly kubernetes?: KubernetesVersion;

  /**
   * What the cluster has already: classes, volumes, claims, nodes and what consumes them, as plain
   * objects or kubectl Lists. Given, even empty, it says that the whole cluster is known.
   *
   * @default - unknown, unless the objects are a dump of a live cluster
   */
  readonly existing?: readonly unknown[];

  /**
   * Name of the class that a claim without a class is given; null where there is none.
   *
   * @default - the class that is marked as default among the objects; unknown where none is
   */
  readonly defaultClass?: string | null;

  /**
   * Ids of rules whose findings are left out, such as `mutable-image-tag`. Findings on one object
   * alone are left out by its annotation `cdk8s-storage/ignore`, ids between commas.
   *
   * @default - none
   */
  readonly ignore?: readonly string[];
}

/** What the planner predicts of a set of objects. */
export interface StoragePlan {
  /** What becomes of each claim of the objects, claims that StatefulSets make included. */
  readonly claims: readonly ClaimVerdict[];

  /** What becomes of each volume of the objects. */
  readonly volumes: readonly VolumeVerdict[];

  /** Whether each workload runs, and whether a change of it rolls out. */
  readonly workloads: readonly WorkloadVerdict[];

  /** What a user has to know, in the order of the objects. */
  readonly findings: readonly Finding[];
}

/** What can become of a claim. */
export const CLAIM_OUTCOMES = [
  'bound',
  'provisioned',
  'waits-for-consumer',
  'pending',
  'refused',
  'unknown',
] as const;

/** What becomes of a claim; `unknown` where it depends on what the input does not hold. */
export type ClaimOutcome = (typeof CLAIM_OUTCOMES)[number];

/** What becomes of a claim. */
export interface ClaimVerdict {
  /** Namespace and name, such as `shop/uploads`. */
  readonly claim: string;

  /** What can become of it, in the order of CLAIM_OUTCOMES; one where certain. */
  readonly outcomes: readonly ClaimOutcome[];

  /**
   * Names of the volumes that it can bind to, whatever the order of the claims; exact for one new
   * claim. Frozen, and shared among claims that can bind to the same; made when first asked for,
   * because a hundred thousand claims can each have a hundred thousand.
   */
  readonly volumes: readonly string[];

  /** Whether every order gives the same; true only where proven. */
  readonly deterministic: boolean;

  /**
   * Reason of the event that `kubectl describe pvc` shows, such as `FailedBinding`.
   *
   * @default - no event
   */
  readonly reason?: string;

  /**
   * Text of that event, or what the API server says where it refuses the claim.
   *
   * @default - no event
   */
  readonly message?: string;

  /** Why each other volume does not serve; computed when asked for, in time linear in the volumes. */
  rejected(): readonly RejectedVolume[];
}

/**
 * Rules by which a volume does not serve a claim, in the order in which they are told.
 *
 * `outranked` is no fault of the volume: it would serve, and another one is taken before it.
 * `waits-for-consumer` neither: it is taken when a pod that uses the claim is scheduled.
 */
export const REJECTION_RULES = [
  'refused',
  'other-volume-named',
  'claimed',
  'released',
  'deleting',
  'size',
  'class',
  'volume-mode',
  'volume-attributes-class',
  'access-modes',
  'selector',
  'waits-for-consumer',
  'outranked',
] as const;

/** A rule by which a volume does not serve a claim. */
export type RejectionRule = (typeof REJECTION_RULES)[number];

/** A volume that does not serve a claim, and the first rule that says so. */
export interface RejectedVolume {
  /** The volume's name. */
  readonly volume: string;

  /** The first rule that it fails. */
  readonly rule: RejectionRule;

  /** Both values, such as `5Gi is less than the 10Gi requested`. */
  readonly detail: string;
}

/** What can become of a volume. */
export const VOLUME_OUTCOMES = ['bound', 'available', 'released', 'failed', 'refused'] as const;

/** What becomes of a volume; `available` is one that stays idle, reserved or not. */
export type VolumeOutcome = (typeof VOLUME_OUTCOMES)[number];

/** Who gets a volume, or why it stays idle. */
export interface VolumeVerdict {
  /** The volume's name. */
  readonly volume: string;

  /** What can become of it, in the order of VOLUME_OUTCOMES; one where certain. */
  readonly outcomes: readonly VolumeOutcome[];

  /** Keys of the claims that can get it, such as `shop/uploads`; computed when first asked for. */
  readonly claims: readonly string[];

  /** Whether every order of the claims gives the same; true only where proven. */
  readonly deterministic: boolean;

  /**
   * Why it stays idle, and what would free it.
   *
   * @default - it does not stay idle
   */
  readonly message?: string;
}

/** An answer about a workload; `depends` is on the scheduler's choice, `unknown` on the input. */
export type WorkloadAnswer = 'yes' | 'no' | 'depends' | 'unknown';

/** Whether a workload runs on its storage, and whether a change of it rolls out. */
export interface WorkloadVerdict {
  /** Namespace, kind and name, such as `shop/Deployment/web`. */
  readonly workload: string;

  /** Whether every replica is scheduled. */
  readonly runs: WorkloadAnswer;

  /** Whether a change of the pod template completes. */
  readonly rollsOut: WorkloadAnswer;

  /**
   * Why an answer is not yes, in the scheduler's words where it has some.
   *
   * @default - both answers are yes
   */
  readonly message?: string;
}

/** How much a finding matters. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** How much a finding matters. */
export type Severity = (typeof SEVERITIES)[number];

/** One rule that one object breaks. */
export interface Finding {
  /** The rule's id, such as `pvc-no-matching-pv`. */
  readonly rule: string;

  /** How much it matters. */
  readonly severity: Severity;

  /** The object: kind and name, such as `PersistentVolumeClaim shop/uploads`. */
  readonly object: string;

  /**
   * File that the object was read from.
   *
   * @default - the objects came without files
   */
  readonly file?: string;

  /**
   * Line of that file where the object begins, or the field in question; the first is 1.
   *
   * @default - the objects came without files
   */
  readonly line?: number;

  /**
   * Path of the construct that renders the object, such as `shop/uploads/Volume`.
   *
   * @default - the objects did not come from an app
   */
  readonly construct?: string;

  /** What is wrong, with both values that disagree. */
  readonly message: string;

  /** What to do. */
  readonly fix: string;
}
