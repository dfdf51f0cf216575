/**
 * Keeps Argo CD from deleting an object that holds data, when it leaves Git and when its
 * Application is deleted; both options are needed.
 *
 * Source: Argo CD, "Sync Options" (No Prune Resources; Resource Deletion); argo-cd#9853, #7124.
 */
export const KEEP_DATA = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } as const;

/**
 * Makes Argo CD run an object after each sync, once all else is healthy, and delete it when it has
 * succeeded.
 *
 * One that has failed stays to be looked at, and is deleted before the next is made: an object of
 * that name could not be made, nor a Job's pods be changed.
 *
 * Source: Argo CD, "Resource Hooks"; argoproj/gitops-engine, pkg/sync/hook/delete_policy.go, where
 * BeforeHookCreation is the default only as long as no other policy is said.
 */
export const POST_SYNC = {
  'argocd.argoproj.io/hook': 'PostSync',
  'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded,BeforeHookCreation',
} as const;
