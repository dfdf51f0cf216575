import * as types from '../../kube/props';

/**
 * Names of the Secrets in Harbor's namespace that hold what must not lie in Git; whoever runs Harbor
 * makes them before it is installed.
 *
 * Without them the chart takes passwords that everybody can read in its values, and makes the rest at
 * random: anew at each sync of Argo CD, which has no cluster to look the last ones up in, so that
 * every pod restarts and every session ends (goharbor/harbor-helm#2139, #2263).
 *
 * The internal database has no Secret in the chart: its password is the one in the chart's values,
 * for any pod that reaches its Service. Keep others from it by a NetworkPolicy, or use an external
 * database.
 */
export interface HarborSecrets {
  /** The first password of `admin`; key `HARBOR_ADMIN_PASSWORD`. */
  readonly adminPassword: string;

  /**
   * What passwords in the database are encrypted with; key `secretKey`, exactly 16 characters. It
   * cannot change: what it has encrypted is lost without it.
   */
  readonly secretKey: string;

  /**
   * What Harbor's parts know each other by; keys `secret`, `JOBSERVICE_SECRET` and
   * `REGISTRY_HTTP_SECRET` (16 characters each), `CSRF_KEY` (32), and `tls.crt` and `tls.key`, a
   * certificate with its RSA key in PKCS #1 (`BEGIN RSA PRIVATE KEY`) that signs clients' tokens.
   */
  readonly internal: string;

  /**
   * The user by which Harbor reaches its registry, `harbor_registry_user`; keys `REGISTRY_PASSWD`, the
   * password, and `REGISTRY_HTPASSWD`, the line that `htpasswd -nbB` prints for both.
   */
  readonly registryCredentials: string;
}

/** Secrets as a prop. */
export const SECRETS: types.PropType = types.nested({
  adminPassword: types.secretName,
  secretKey: types.secretName,
  internal: types.secretName,
  registryCredentials: types.secretName,
} satisfies types.PropTypes<HarborSecrets>);

/**
 * The chart's values that name the Secrets.
 *
 * Source: goharbor/harbor-helm, values.yaml; test/gitops/values.yaml has the ones without which two
 * renders differ.
 */
export function secretValues(secrets: HarborSecrets): Readonly<Record<string, unknown>> {
  const { adminPassword, secretKey, internal, registryCredentials } = secrets;
  return {
    existingSecretAdminPassword: adminPassword,
    existingSecretSecretKey: secretKey,
    core: { existingSecret: internal, secretName: internal, existingXsrfSecret: internal },
    jobservice: { existingSecret: internal },
    registry: {
      existingSecret: internal,
      credentials: { existingSecret: registryCredentials },
    },
  };
}
