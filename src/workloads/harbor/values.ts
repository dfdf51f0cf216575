import { isObject } from '../../kube/props';
import { refuse } from '../../kube/storage-error';

type Values = Readonly<Record<string, unknown>>;

/** Values that a prop of HarborOnStorage says, and that prop. */
const SAID: Readonly<Record<string, string>> = {
  persistence: "'registry', 'jobLog', 'database', 'redis' and 'trivy' say",
  updateStrategy: "'updateStrategy' says",
  'jobservice.updateStrategy': "'updateStrategy' says",
  externalURL: "'externalUrl' says",
  'portal.replicas': "'replicas.portal' says",
  'core.replicas': "'replicas.core' says",
  'jobservice.replicas': "'replicas.jobservice' says",
  'registry.replicas': "'replicas.registry' says",
  'trivy.replicas': "'replicas.trivy' says",
  'jobservice.jobLoggers': "'jobLog' says",
  'database.type': "'database' says",
  'redis.type': "'redis' says",
  'trivy.enabled': "'trivy' says",
  existingSecretAdminPassword: "'secrets.adminPassword' says",
  existingSecretSecretKey: "'secrets.secretKey' says",
  'core.existingSecret': "'secrets.internal' says",
  'core.secretName': "'secrets.internal' says",
  'core.existingXsrfSecret': "'secrets.internal' says",
  'jobservice.existingSecret': "'secrets.internal' says",
  'registry.existingSecret': "'secrets.internal' says",
  'registry.credentials.existingSecret': "'secrets.registryCredentials' says",
};

const NO_SECRET = 'the chart takes no Secret for it';

/** Values that are passwords or keys, and what is there instead (values.yaml of the chart). */
const SECRET: Readonly<Record<string, string>> = {
  harborAdminPassword: "use 'secrets.adminPassword'",
  secretKey: "use 'secrets.secretKey'",
  'core.secret': "use 'secrets.internal'",
  'core.xsrfKey': "use 'secrets.internal'",
  'core.tokenKey': "use 'secrets.internal'",
  'jobservice.secret': "use 'secrets.internal'",
  'registry.secret': "use 'secrets.internal'",
  'registry.credentials.password': "use 'secrets.registryCredentials'",
  'registry.credentials.htpasswdString': "use 'secrets.registryCredentials'",
  'database.internal.password': `${NO_SECRET}, use an external database with 'values.database.external.existingSecret'`,
  'database.external.password': "use 'values.database.external.existingSecret'",
  'redis.external.password': "use 'values.redis.external.existingSecret'",
  'trivy.gitHubToken': NO_SECRET,
  'trace.jaeger.password': NO_SECRET,
  ...Object.fromEntries(
    ['core', 'jobservice', 'registry', 'portal', 'trivy'].map((part) => [
      `internalTLS.${part}.key`,
      `use 'values.internalTLS.${part}.secretName'`,
    ]),
  ),
};

/**
 * Refuses further values that a prop says already, and values that are secret.
 *
 * @throws StorageError `HarborValue`, `HarborPassword`
 */
export function checkValues(place: string, values: Values): void {
  for (const [key, instead] of Object.entries(SECRET)) {
    if (valueAt(values, key) !== undefined) {
      refuse(
        'HarborPassword',
        place,
        `'values.${key}' must be left out, it would lie in Git for all who read it; ${instead}`,
      );
    }
  }
  for (const [key, prop] of Object.entries(SAID)) {
    if (valueAt(values, key) !== undefined) {
      refuse('HarborValue', place, `'values.${key}' must be left out: ${prop} it`);
    }
  }
}

/** The value at a dotted key, or undefined where there is none. */
export function valueAt(values: Values, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), values);
}

/**
 * The values of a prop with further ones; neither is changed.
 *
 * @throws StorageError `HarborValue` where a value stands in the place of an object
 */
export function merge(place: string, said: Values, further: Values, prefix = 'values'): Values {
  const merged: Record<string, unknown> = { ...said };
  for (const [key, value] of Object.entries(further)) {
    const own = said[key];
    if (value === undefined) {
      continue;
    }
    if (own === undefined) {
      merged[key] = copy(value);
    } else if (isObject(own) && isObject(value)) {
      merged[key] = merge(place, own, value, `${prefix}.${key}`);
    } else {
      refuse('HarborValue', place, `'${prefix}.${key}' must be an object, got ${kindOf(value)}`);
    }
  }
  return merged;
}

// Whoever gave the values may change them later, and gets none of them changed from here.
function copy(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(copy);
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copy(entry)]))
    : value;
}

// No value is shown: it may be a password.
function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`;
}
