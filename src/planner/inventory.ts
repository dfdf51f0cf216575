import type { Labels } from '../kube/label-selector';
import type { ClaimEntry } from './claim-entry';
import type { ClassEntry } from './class-entry';
import type { Problem } from './object-list';
import type { PlainObject } from './plain-object';
import type { VolumeEntry } from './volume-entry';

/** The namespace of an object that names none, as kubectl's default context has it. */
export const DEFAULT_NAMESPACE = 'default';

/** A node, as far as scheduling onto it goes. */
export interface NodeEntry {
  readonly name: string;
  readonly object: PlainObject;
  readonly labels: Labels;
}

/** Something that makes pods, or scales what does; read by the scheduler. */
export interface WorkloadEntry {
  /** Namespace, kind and name, such as `shop/Deployment/web`. */
  readonly key: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly object: PlainObject;

  /** Whether it came as something that exists, and not in the objects that are planned. */
  readonly existing: boolean;
}

/** Kinds that make pods or scale what does, by API group; old groups are read as their successors. */
export const WORKLOAD_GROUPS: Readonly<Record<string, readonly string[]>> = {
  Pod: [''],
  ReplicationController: [''],
  Deployment: ['apps', 'extensions'],
  ReplicaSet: ['apps', 'extensions'],
  DaemonSet: ['apps', 'extensions'],
  StatefulSet: ['apps'],
  Job: ['batch'],
  CronJob: ['batch'],
  HorizontalPodAutoscaler: ['autoscaling'],
};

/** What the objects hold that storage is about, by name; each map lists what is planned first. */
export interface Inventory {
  readonly classes: ReadonlyMap<string, ClassEntry>;

  /** By name. */
  readonly volumes: ReadonlyMap<string, VolumeEntry>;

  /** By namespace and name, such as `shop/uploads`. */
  readonly claims: ReadonlyMap<string, ClaimEntry>;

  /** By name. */
  readonly nodes: ReadonlyMap<string, NodeEntry>;
  readonly workloads: readonly WorkloadEntry[];

  /** CSIDriver objects by name: what drivers say of themselves. */
  readonly drivers: ReadonlyMap<string, PlainObject>;

  /** Everything that is planned, in order, of any kind; Lists are opened. */
  readonly planned: readonly PlainObject[];

  /** Everything that exists, of any kind; Lists are opened. */
  readonly existing: readonly PlainObject[];

  /** What the cluster has under the name of what is planned, by the planned object. */
  readonly present: ReadonlyMap<PlainObject, PlainObject>;

  /** What could not be read. */
  readonly problems: readonly Problem[];

  /** Whether the whole cluster is known: `existing` was given, or the objects are a live dump. */
  readonly closed: boolean;
}
