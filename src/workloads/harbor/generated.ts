import type { ErrorPlace } from '../../kube/storage-error';
import { refuse } from '../../kube/storage-error';
import type { HarborSecrets } from './harbor-secrets';
import { valueAt } from './values';

/**
 * Refuses values over which the chart makes up keys and certificates.
 *
 * Argo CD renders a chart without a cluster, where `lookup` finds nothing (argo-cd#21745): what is
 * made up is another at each sync, and every pod that has it restarts.
 *
 * Source: goharbor/harbor-helm, templates/core/core-secret.yaml, templates/ingress/secret.yaml,
 * templates/nginx/secret.yaml, templates/internal/auto-tls.yaml.
 *
 * @throws StorageError `HarborSecrets`, `HarborCertificate`
 */
export function checkNothingGenerated(
  place: ErrorPlace,
  secrets: HarborSecrets | undefined,
  values: Readonly<Record<string, unknown>>,
): void {
  if (secrets === undefined) {
    refuse(
      'HarborSecrets',
      place,
      "'secrets' must be set for an Application, got undefined; the chart would make new ones at each sync, restart every pod, and take the password that all know",
    );
  }
  if (
    valueAt(values, 'expose.tls.enabled') !== false &&
    (valueAt(values, 'expose.tls.certSource') ?? 'auto') === 'auto'
  ) {
    refuse(
      'HarborCertificate',
      place,
      "'values.expose.tls.certSource' must be 'secret' or 'none' for an Application, got 'auto', the chart's default; the chart would make a new certificate at each sync",
    );
  }
  if (
    valueAt(values, 'internalTLS.enabled') === true &&
    (valueAt(values, 'internalTLS.certSource') ?? 'auto') === 'auto'
  ) {
    refuse(
      'HarborCertificate',
      place,
      "'values.internalTLS.certSource' must be 'secret' for an Application, got 'auto', the chart's default; the chart would make new certificates at each sync",
    );
  }
}
