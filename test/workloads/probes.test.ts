import { Duration } from 'cdk8s';
import { Probe } from 'cdk8s-plus-28';
import { containerOf, refusedApp } from './upload-app';

describe('the probes of an app', () => {
  test('open its port by default', () => {
    const container = containerOf({ port: 3000 });
    expect(container).toMatchObject({
      readinessProbe: { tcpSocket: { port: 3000 }, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { tcpSocket: { port: 3000 }, periodSeconds: 10, failureThreshold: 6 },
      startupProbe: { tcpSocket: { port: 3000 }, periodSeconds: 5, failureThreshold: 30 },
    });
    for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
      expect(container).not.toHaveProperty(`${probe}.httpGet`);
    }
  });

  test('ask the health path on its port', () => {
    const httpGet = { path: '/healthz', port: 8080, scheme: 'HTTP' };
    const container = containerOf({ healthPath: '/healthz' });
    expect(container).toMatchObject({
      readinessProbe: { httpGet, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { httpGet, periodSeconds: 10, failureThreshold: 6 },
      startupProbe: { httpGet, periodSeconds: 5, failureThreshold: 30 },
    });
    for (const probe of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
      expect(container).not.toHaveProperty(`${probe}.tcpSocket`);
    }
  });

  test('ask a port that the Service does not use for itself', () => {
    expect(containerOf({ port: 8080, servicePort: 80 })).toHaveProperty(
      'readinessProbe.tcpSocket.port',
      8080,
    );
  });

  test.each([
    ['readiness', 'readinessProbe'],
    ['liveness', 'livenessProbe'],
    ['startup', 'startupProbe'],
  ] as const)('can be replaced one by one: %s', (prop, field) => {
    const probe = Probe.fromCommand(['/bin/check', prop], {
      periodSeconds: Duration.seconds(7),
      timeoutSeconds: Duration.seconds(2),
    });
    const container = containerOf({ [prop]: probe, healthPath: '/healthz' });
    expect(container).toHaveProperty(field, {
      exec: { command: ['/bin/check', prop] },
      periodSeconds: 7,
      timeoutSeconds: 2,
      failureThreshold: 3,
    });
    for (const other of ['readinessProbe', 'livenessProbe', 'startupProbe']) {
      expect(container).toHaveProperty(other === field ? `${field}.exec` : `${other}.httpGet`);
    }
  });

  test.each([
    [
      { healthPath: 'healthz' },
      "'healthPath' must be an HTTP path that starts with '/', got 'healthz'",
    ],
    [{ healthPath: '/a b' }, "'healthPath' must be an HTTP path that starts with '/', got '/a b'"],
    [{ healthPath: '' }, "'healthPath' must be an HTTP path that starts with '/', got ''"],
    [
      { readiness: { httpGet: { path: '/' } } },
      `'readiness' must be a cdk8s-plus Probe, got {"httpGet":{"path":"/"}}`,
    ],
    [{ liveness: null }, "'liveness' must be a cdk8s-plus Probe, got null"],
    [{ startup: false }, "'startup' must be a cdk8s-plus Probe, got false"],
  ])('fail with %j', (props, problem) => {
    expect(refusedApp(props)).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: `shop/web: ${problem}`,
    });
  });
});
