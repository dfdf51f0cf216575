import { LOCAL_PATH_NAMES } from './limits';

/** Names of what belongs to a provisioner. */
export interface ProvisionerNames {
  readonly serviceAccount: string;
  readonly role: string;
  readonly binding: string;
  readonly configMap: string;
}

/** Upstream's names for upstream's Deployment, and for another one such that start with its name. */
export function provisionerNames(deployment: string): ProvisionerNames {
  if (deployment === LOCAL_PATH_NAMES.deployment) {
    const { serviceAccount, role, binding, configMap } = LOCAL_PATH_NAMES;
    return { serviceAccount, role, binding, configMap };
  }
  return {
    serviceAccount: `${deployment}-service-account`,
    role: `${deployment}-role`,
    binding: `${deployment}-bind`,
    configMap: `${deployment}-config`,
  };
}
