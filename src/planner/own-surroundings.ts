import type { EarlyPlace } from './claim-places';
import type { NodeEntry } from './inventory';
import type { LateClaim } from './late-claim';
import type { LatePool } from './late-pool';
import type { Room } from './pod-room';

/** What a pod's own claims ask of its node. */
export interface OwnClaims {
  readonly late: readonly LateClaim[];
  readonly early: readonly EarlyPlace[];
  readonly pods: number;
}

/** What pods with claims of their own are placed in. */
export interface OwnSurroundings {
  readonly nodes: readonly NodeEntry[];

  /** Topology keys of which no two of the pods share a place. */
  readonly apart: readonly string[];
  readonly pool: LatePool;

  /** How many pods that keep apart fit on the nodes. */
  readonly roomOn: (nodes: readonly NodeEntry[]) => Room;

  /** How many claims of other workloads' pods are after the same volumes. */
  readonly rivals: number;
}
