import { Size } from 'cdk8s';
import { quantity } from '../../src/kube/quantity';
import { containerOf, refusedApp } from './upload-app';

describe('the resources of an app', () => {
  test('are requests by default, without limits', () => {
    expect(containerOf()).toHaveProperty('resources', {
      requests: { cpu: '100m', memory: '128Mi' },
    });
  });

  test('are those that are given, in canonical form', () => {
    expect(
      containerOf({
        resources: {
          requests: { cpu: '0.5', memory: '1024Mi', 'ephemeral-storage': Size.gibibytes(2) },
          limits: { cpu: '2000m', memory: quantity('2048Mi'), 'ephemeral-storage': '4096Mi' },
        },
      }),
    ).toHaveProperty('resources', {
      requests: { cpu: '500m', memory: '1Gi', 'ephemeral-storage': '2Gi' },
      limits: { cpu: '2', memory: '2Gi', 'ephemeral-storage': '4Gi' },
    });
  });

  test('may be limits alone', () => {
    expect(containerOf({ resources: { limits: { memory: '1Gi' } } })).toHaveProperty('resources', {
      limits: { memory: '1Gi' },
    });
  });

  test('may be none', () => {
    expect(containerOf({ resources: {} })).toHaveProperty('resources', {});
  });

  test.each([
    [
      { cpu: '1', memory: '1Gi' },
      { cpu: '1000m', memory: '1024Mi' },
    ],
    [{ cpu: '100m' }, { cpu: '0.1' }],
  ] as const)('may be limits that are the requests: %j', (requests, limits) => {
    expect(() => containerOf({ resources: { requests, limits } })).not.toThrow();
  });

  test.each([
    ['cpu', { cpu: '100m' }, { cpu: '99m' }, '100m', '99m'],
    ['memory', { memory: '1Gi' }, { memory: '1G' }, '1Gi', '1G'],
    [
      'ephemeral-storage',
      { 'ephemeral-storage': '1025Mi' },
      { 'ephemeral-storage': '1Gi' },
      '1025Mi',
      '1Gi',
    ],
  ])('fail where a limit is below its request: %s', (name, requests, limits, request, limit) => {
    expect(refusedApp({ resources: { requests, limits } })).toEqual({
      code: 'ResourceLimit',
      path: 'shop/web',
      message: `shop/web: 'resources.limits.${name}' must be at least the request (${request}), got ${limit}`,
    });
  });

  test.each([
    [{ requests: { memory: '128m' } }, 'requests.memory', '128m'],
    [{ limits: { memory: '0.1Gi' } }, 'limits.memory', '107374182400m'],
    [{ limits: { 'ephemeral-storage': '500m' } }, 'limits.ephemeral-storage', '500m'],
  ])('fail where they are parts of a byte: %j', (resources, prop, got) => {
    expect(refusedApp({ resources })).toEqual({
      code: 'ResourceAmount',
      path: 'shop/web',
      message: `shop/web: 'resources.${prop}' must be a whole number of bytes, got '${got}'; 'm' is a thousandth, mega is 'M' or 'Mi'`,
    });
  });

  const AMOUNT = "a Kubernetes quantity such as '100m' or '128Mi'";

  test.each([
    [{ requests: { cpu: 0.5 } }, 'PropType', `'resources.requests.cpu' must be ${AMOUNT}, got 0.5`],
    [
      { requests: { memory: '128MB' } },
      'PropType',
      `'resources.requests.memory' must be ${AMOUNT}, got '128MB'`,
    ],
    [
      { limits: { memory: '-1Gi' } },
      'PropType',
      `'resources.limits.memory' must be ${AMOUNT}, got '-1Gi'`,
    ],
    [
      { request: { cpu: '1' } },
      'PropUnknown',
      "'resources.request' is no prop of SharedUploadApp; did you mean 'requests'?",
    ],
    [
      { requests: { cpus: '1' } },
      'PropUnknown',
      "'resources.requests.cpus' is no prop of SharedUploadApp; did you mean 'cpu'?",
    ],
    [{ requests: 'small' }, 'PropType', "'resources.requests' must be an object, got 'small'"],
    [null, 'PropType', "'resources' must be an object, got null"],
  ])('fail as %j', (resources, code, problem) => {
    expect(refusedApp({ resources })).toEqual({
      code,
      path: 'shop/web',
      message: `shop/web: ${problem}`,
    });
  });
});
