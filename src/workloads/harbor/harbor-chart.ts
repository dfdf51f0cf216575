/**
 * Harbor's Helm chart, and the version whose values are rendered here.
 *
 * Source: goharbor/harbor-helm, Chart.yaml; its repository is named in README.md.
 */
export const HARBOR_CHART = {
  repoUrl: 'https://helm.goharbor.io',
  chart: 'harbor',
  version: '1.19.1',
} as const;

/**
 * UIDs that Harbor's parts run as, and the GIDs that their pods give as fsGroup.
 *
 * Source: goharbor/harbor-helm, `securityContext` of templates/registry/registry-dpl.yaml,
 * jobservice/jobservice-dpl.yaml, trivy/trivy-sts.yaml, database/database-ss.yaml and
 * redis/statefulset.yaml.
 */
export const HARBOR_UIDS = {
  registry: 10000,
  jobLog: 10000,
  database: 999,
  redis: 999,
  trivy: 10000,
} as const;

/** A part of Harbor that keeps files. */
export type HarborPart = keyof typeof HARBOR_UIDS;

/** Sizes that the chart asks for (goharbor/harbor-helm, values.yaml, `persistence`). */
export const HARBOR_SIZES = {
  registry: '5Gi',
  jobLog: '1Gi',
  database: '1Gi',
  redis: '1Gi',
  trivy: '5Gi',
} as const satisfies Readonly<Record<HarborPart, string>>;

/** How pods that keep files are replaced (goharbor/harbor-helm, values.yaml, `updateStrategy`). */
export const HARBOR_UPDATE_STRATEGIES = ['Recreate', 'RollingUpdate'] as const;

/** How the pods of registry and job service are replaced. */
export type HarborUpdateStrategy = (typeof HARBOR_UPDATE_STRATEGIES)[number];
