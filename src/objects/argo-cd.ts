/**
 * Keeps Argo CD from deleting an object that holds data, when it leaves Git and when its
 * Application is deleted; both options are needed.
 *
 * Source: Argo CD, "Sync Options" (No Prune Resources; Resource Deletion); argo-cd#9853, #7124.
 */
export const KEEP_DATA = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const;
