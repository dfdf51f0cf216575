import { KEEP_DATA } from '../../objects/argo-cd';
import type { HarborPart } from './harbor-chart';
import type { HarborAccessMode } from './harbor-storage';
import type { CheckedPart } from './parts';

/** A claim that the chart makes. */
export interface HarborMadeClaim {
  /** Name of the class; `'-'` for none, since `''` is the cluster's default class to the chart. */
  readonly storageClass: string;
  /** How many nodes may write it. */
  readonly accessMode: HarborAccessMode;
  /** How much room it asks for. */
  readonly size: string;

  /**
   * What keeps Argo CD from deleting it.
   *
   * @default - none, where a StatefulSet makes the claim and Argo CD does not know it
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A claim that is there. */
export interface HarborExistingClaim {
  /** Name of the claim. */
  readonly existingClaim: string;

  /**
   * The folder of the claim that is used, a relative path.
   *
   * @default - the claim's root
   */
  readonly subPath?: string;
}

/** A claim as the chart's values have it. */
export type HarborClaimValues = HarborMadeClaim | HarborExistingClaim;

/** `persistence` of the chart's values. */
export interface HarborPersistence {
  /** Whether anything is kept at all. */
  readonly enabled: true;
  /** Keeps the claims of registry and job log when the release is deleted. */
  readonly resourcePolicy: 'keep';
  /** Where each part keeps its files. */
  readonly persistentVolumeClaim: {
    /**
     * Of the images.
     *
     * @default - not on a claim
     */
    readonly registry?: HarborClaimValues;

    /**
     * Of the jobs.
     *
     * @default - logs of jobs are in the database
     */
    readonly jobservice?: {
      /** Their logs. */
      readonly jobLog: HarborClaimValues;
    };

    /**
     * Of the database.
     *
     * @default - the database is external
     */
    readonly database?: HarborClaimValues;

    /**
     * Of Redis.
     *
     * @default - Redis is external
     */
    readonly redis?: HarborClaimValues;

    /**
     * Of the scanner: what it knows of vulnerabilities.
     *
     * @default - there is no scanner
     */
    readonly trivy?: HarborClaimValues;
  };
  /** Images are files. */
  readonly imageChartStorage: {
    /** Where: on the claim of the registry. */
    readonly type: 'filesystem';
  };
}

/** Parts whose claims are objects of the chart; those of StatefulSets outlive them by themselves. */
const OBJECTS: readonly HarborPart[] = ['registry', 'jobLog'];

/** The chart's values of the parts that keep files. */
export function persistenceOf(parts: ReadonlyMap<HarborPart, CheckedPart>): HarborPersistence {
  const claims = Object.fromEntries(
    [...parts].map(([part, storage]) =>
      part === 'jobLog'
        ? ['jobservice', { jobLog: claimValues(storage) }]
        : [part, claimValues(storage)],
    ),
  );
  return {
    enabled: true,
    resourcePolicy: 'keep',
    persistentVolumeClaim: claims,
    imageChartStorage: { type: 'filesystem' },
  };
}

function claimValues(storage: CheckedPart): HarborClaimValues {
  if (storage.kind === 'claim') {
    const { claim, subPath } = storage;
    return { existingClaim: claim.claimName, ...(subPath !== '' && { subPath }) };
  }
  const { part, from, accessMode, size } = storage;
  return {
    storageClass: from.storageClassName === '' ? '-' : from.storageClassName,
    accessMode,
    size: size.toString(),
    // One object in two places would be an anchor in YAML.
    ...(OBJECTS.includes(part) && { annotations: { ...KEEP_DATA } }),
  };
}
