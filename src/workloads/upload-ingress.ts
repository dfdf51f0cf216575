import { isIP } from 'node:net';
import { HttpIngressPathType, Ingress, IngressBackend, Secret, type Service } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { isDnsSubdomain } from '../kube/names';
import type { ObjectMeta } from '../kube/objects';
import * as types from '../kube/props';
import { type QuantityInput, readQuantity } from '../kube/quantity';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

/** How an upload service is reached from outside the cluster. */
export interface UploadIngressProps {
  /** The host name that is served. */
  readonly host: string;

  /**
   * The ingress class.
   *
   * @default - the cluster's default class
   */
  readonly className?: string;

  /**
   * Name of the Secret with the certificate, of type kubernetes.io/tls.
   *
   * @default - no TLS
   */
  readonly tlsSecretName?: string;

  /**
   * Path prefix that is served.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Largest request that ingress-nginx lets through, such as `'100Mi'`; rounded up to whole KiB.
   *
   * Written as `nginx.ingress.kubernetes.io/proxy-body-size`, whose own default of 1m refuses most
   * uploads; other controllers take no notice of it.
   * Source: ingress-nginx, "Annotations", "Custom max body size".
   *
   * @default '1Gi'
   */
  readonly maxBodySize?: QuantityInput;
}

/** An ingress as a prop. */
export const UPLOAD_INGRESS: types.PropType = types.nested({
  host: {
    expected: "a host name such as 'shop.example.com'",
    accepts: (value) =>
      typeof value === 'string' && isDnsSubdomain(value.replace(/^\*\./, '')) && isIP(value) === 0,
  },
  className: types.optional(types.objectName),
  tlsSecretName: types.optional(types.secretName),
  path: types.optional({
    expected: "a path that starts with '/', without empty parts, '.' and '..'",
    accepts: (value) => typeof value === 'string' && isPrefix(value),
  }),
  maxBodySize: types.optional(types.size),
} satisfies types.PropTypes<UploadIngressProps>);

// Kubernetes, validateHTTPIngressPath (apis/networking/validation).
function isPrefix(path: string): boolean {
  return /^\/\S*$/.test(path) && !/\/\/|\/\.\.?(\/|$)|%2f/i.test(path);
}

/**
 * Adds the Ingress of an upload service.
 *
 * @throws StorageError `BodySize`
 */
export function addUploadIngress(
  scope: Construct,
  props: UploadIngressProps,
  service: Service,
  metadata: Partial<ObjectMeta>,
): Ingress {
  const { host, className, tlsSecretName, path = '/', maxBodySize = '1Gi' } = props;
  return new Ingress(scope, 'Ingress', {
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        'nginx.ingress.kubernetes.io/proxy-body-size': nginxSize(scope, maxBodySize),
      },
    },
    ...(className !== undefined && { className }),
    ...(tlsSecretName !== undefined && {
      tls: [{ hosts: [host], secret: Secret.fromSecretName(scope, 'Certificate', tlsSecretName) }],
    }),
    rules: [
      {
        host,
        path,
        pathType: HttpIngressPathType.PREFIX,
        backend: IngressBackend.fromService(service),
      },
    ],
  });
}

// nginx knows k, m and g, each 1024 of the one before; 0 would switch the check off.
function nginxSize(scope: Construct, size: QuantityInput): string {
  const bytes = readQuantity(size)?.bytes;
  if (bytes === undefined || bytes === 0n) {
    refuse(
      'BodySize',
      scope,
      `'ingress.maxBodySize' must be a whole number of bytes above 0, got ${show(`${size}`)}`,
    );
  }
  let units = (bytes + 1023n) / 1024n;
  for (const unit of ['k', 'm']) {
    if (units % 1024n !== 0n) {
      return `${units}${unit}`;
    }
    units /= 1024n;
  }
  return `${units}g`;
}
