import { hostProblem } from '../kube/hosts';
import { absolutePathProblem } from '../kube/paths';
import { show } from '../kube/show';
import { type ErrorPlace, refuse } from '../kube/storage-error';

/** Who mounts from a server: the kubelet, or csi-driver-nfs. */
export type NfsMounter = 'in-tree' | 'csi';

/**
 * Refuses a server that the mounter would not find.
 *
 * @param place - the construct, or its path
 * @param server - what the prop says
 * @param mounter - who mounts from it
 * @param remedy - what to use in place of a Service's name, for the kubelet
 * @param prop - the prop
 * @throws StorageError `NfsServer`
 */
export function checkServer(
  place: ErrorPlace,
  server: string,
  mounter: NfsMounter,
  remedy = "use the Service's clusterIP, or driver 'csi'",
  prop = 'server',
): void {
  if (mounter === 'in-tree' && /\.svc(\.|$)/i.test(server)) {
    refuse(
      'NfsServer',
      place,
      `'${prop}' must be an address or a name that the nodes resolve, got ${show(server)}; the kubelet does not resolve names of Services: ${remedy}`,
    );
  }
  const problem = hostProblem(server);
  if (problem !== undefined) {
    refuse('NfsServer', place, `'${prop}' ${problem}`);
  }
}

/**
 * Refuses an exported folder that is no absolute path or has `..` in it.
 *
 * @throws StorageError `NfsPath`
 */
export function checkExportPath(place: ErrorPlace, path: string, prop = 'path'): void {
  const problem = absolutePathProblem(path);
  if (problem !== undefined) {
    refuse('NfsPath', place, `'${prop}' ${problem}`);
  }
}
