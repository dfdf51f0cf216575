import { Size } from 'cdk8s';
import type { UploadIngressProps } from '../../src/workloads/upload-ingress';
import { objectOf } from '../support/synth';
import { appObjects, refusedApp } from './upload-app';

function ingressOf(ingress: Partial<UploadIngressProps> = {}): ReturnType<typeof objectOf> {
  return objectOf(
    appObjects({ name: 'shop', ingress: { host: 'shop.example.com', ...ingress } }),
    'Ingress',
  );
}

const BODY_SIZE = 'nginx.ingress.kubernetes.io/proxy-body-size';

describe('the Ingress of an app', () => {
  test('is not there by default', () => {
    expect(appObjects().filter(({ kind }) => kind === 'Ingress')).toEqual([]);
  });

  test('leads from a host to the Service', () => {
    expect(ingressOf()).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'shop',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/name': 'web',
          'app.kubernetes.io/part-of': 'shop',
          'app.kubernetes.io/managed-by': 'cdk8s',
        },
        annotations: { [BODY_SIZE]: '1g' },
      },
      spec: {
        rules: [
          {
            host: 'shop.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: { service: { name: 'shop', port: { number: 8080 } } },
                },
              ],
            },
          },
        ],
      },
    });
  });

  test('leads to the port of the Service, where that is another', () => {
    const objects = appObjects({ servicePort: 80, ingress: { host: 'shop.example.com' } });
    expect(objectOf(objects, 'Ingress').spec).toHaveProperty(
      'rules[0].http.paths[0].backend.service.port.number',
      80,
    );
  });

  test('has a class, TLS and a path', () => {
    const { spec } = ingressOf({ className: 'nginx', tlsSecretName: 'shop-tls', path: '/files' });
    expect(spec).toHaveProperty('ingressClassName', 'nginx');
    expect(spec).toHaveProperty('tls', [{ hosts: ['shop.example.com'], secretName: 'shop-tls' }]);
    expect(spec).toHaveProperty('rules[0].http.paths[0].path', '/files');
  });

  test('serves all hosts of a domain', () => {
    expect(ingressOf({ host: '*.example.com' }).spec).toHaveProperty(
      'rules[0].host',
      '*.example.com',
    );
  });

  test.each([
    ['1Gi', '1g'],
    ['2048Mi', '2g'],
    ['100Mi', '100m'],
    ['1.5Gi', '1536m'],
    ['512Ki', '512k'],
    ['1G', '976563k'],
    ['1500', '2k'],
    ['1', '1k'],
    ['1024', '1k'],
    ['1025', '2k'],
    ['1Ti', '1024g'],
  ] as const)('lets bodies of %s through as %s', (maxBodySize, rendered) => {
    expect(ingressOf({ maxBodySize }).metadata.annotations).toEqual({ [BODY_SIZE]: rendered });
  });

  test('takes a Size of cdk8s', () => {
    expect(ingressOf({ maxBodySize: Size.mebibytes(50) }).metadata.annotations).toEqual({
      [BODY_SIZE]: '50m',
    });
  });
});

describe('the Ingress of an app fails', () => {
  const HOST = "a host name such as 'shop.example.com'";
  const PATH = "a path that starts with '/', without empty parts, '.' and '..'";

  test.each([
    [
      { host: 'https://shop.example.com' },
      `'ingress.host' must be ${HOST}, got 'https://shop.example.com'`,
    ],
    [{ host: 'Shop.example.com' }, `'ingress.host' must be ${HOST}, got 'Shop.example.com'`],
    [
      { host: 'shop.example.com:8443' },
      `'ingress.host' must be ${HOST}, got 'shop.example.com:8443'`,
    ],
    [{ host: '203.0.113.10' }, `'ingress.host' must be ${HOST}, got '203.0.113.10'`],
    [{ host: '*' }, `'ingress.host' must be ${HOST}, got '*'`],
    [{ host: '*.*.example.com' }, `'ingress.host' must be ${HOST}, got '*.*.example.com'`],
    [{ host: '' }, `'ingress.host' must be ${HOST}, got ''`],
    [{ host: 'a.b', path: 'files' }, `'ingress.path' must be ${PATH}, got 'files'`],
    [{ host: 'a.b', path: '' }, `'ingress.path' must be ${PATH}, got ''`],
    [{ host: 'a.b', path: '/a b' }, `'ingress.path' must be ${PATH}, got '/a b'`],
    [{ host: 'a.b', path: '//files' }, `'ingress.path' must be ${PATH}, got '//files'`],
    [{ host: 'a.b', path: '/a/../b' }, `'ingress.path' must be ${PATH}, got '/a/../b'`],
    [{ host: 'a.b', path: '/a/.' }, `'ingress.path' must be ${PATH}, got '/a/.'`],
    [{ host: 'a.b', path: '/a%2Fb' }, `'ingress.path' must be ${PATH}, got '/a%2Fb'`],
    [
      { host: 'a.b', className: 'Nginx' },
      "'ingress.className' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got 'Nginx'",
    ],
    [
      { host: 'a.b', tlsSecretName: '' },
      "'ingress.tlsSecretName' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got ''",
    ],
    [
      { host: 'a.b', maxBodySize: '10MB' },
      "'ingress.maxBodySize' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got '10MB'",
    ],
    [
      { host: 'a.b', maxBodySize: 1024 },
      "'ingress.maxBodySize' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got 1024",
    ],
    [
      { host: 'a.b', tls: true },
      "'ingress.tls' is no prop of SharedUploadApp; it takes 'host', 'className', 'tlsSecretName', 'path' or 'maxBodySize'",
    ],
    [true, "'ingress' must be an object with 'host', got a value of type boolean"],
  ])('with %j', (ingress, problem) => {
    expect(refusedApp({ ingress }).message).toBe(`shop/web: ${problem}`);
  });

  test('without a host', () => {
    expect(refusedApp({ ingress: {} })).toEqual({
      code: 'PropMissing',
      path: 'shop/web',
      message: `shop/web: 'ingress.host' must be ${HOST}, got undefined`,
    });
  });

  test.each([
    ['0', '0'],
    ['100m', '100m'],
    ['1.5', '1.5'],
  ])('with a body size that nginx cannot hold: %s', (maxBodySize, got) => {
    expect(refusedApp({ ingress: { host: 'a.b', maxBodySize } })).toEqual({
      code: 'BodySize',
      path: 'shop/web',
      message: `shop/web: 'ingress.maxBodySize' must be a whole number of bytes above 0, got '${got}'`,
    });
  });
});
