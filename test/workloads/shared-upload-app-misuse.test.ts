import { App, Chart } from 'cdk8s';
import { Claim } from '../../src/claims/claim';
import { refusal } from '../support/refusal';
import { appObjects, refusedApp, specOf } from './upload-app';

describe('the claims of an app fail', () => {
  test.each([
    ['ReadWriteOnce', 'Filesystem'],
    ['ReadOnlyMany', 'Filesystem'],
    ['ReadWriteOncePod', 'Filesystem'],
    ['ReadWriteMany', 'Block'],
  ] as const)('where not all replicas can write the uploads: %s, %s', (accessMode, volumeMode) => {
    expect(
      refusedApp((chart) => ({
        uploads: {
          claim: Claim.fromClaimName(chart, 'files', 'files', { accessMode, volumeMode }),
          mountPath: '/data',
        },
      })),
    ).toEqual({
      code: 'ClaimNotShared',
      path: 'shop/web',
      message: `shop/web: 'uploads.claim' must be ReadWriteMany and Filesystem, got claim 'files' with ${accessMode} and ${volumeMode}; replicas on other nodes could not write to it`,
    });
  });

  test('where the uploads are in another namespace', () => {
    expect(
      refusedApp((chart) => ({
        uploads: {
          claim: Claim.fromClaimName(chart, 'files', 'files', {
            accessMode: 'ReadWriteMany',
            namespace: 'files',
          }),
          mountPath: '/data',
        },
      })),
    ).toEqual({
      code: 'ClaimNamespace',
      path: 'shop/web',
      message:
        "shop/web: claims must be in the app's namespace 'shop', got claim 'files' in 'files'; pods find claims of their own namespace only",
    });
  });

  test('where a further claim is in another namespace', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [
          {
            storage: Claim.fromClaimName(chart, 'cache', 'cache', {
              accessMode: 'ReadWriteOnce',
              namespace: 'files',
            }),
            mountPath: '/cache',
          },
        ],
      })).message,
    ).toBe(
      "shop/web: claims must be in the app's namespace 'shop', got claim 'cache' in 'files'; pods find claims of their own namespace only",
    );
  });

  test.each([
    [{}, 2],
    [{ replicas: 3 }, 3],
    [{ autoscale: { min: 1, max: 4, cpuPercent: 70 } }, 4],
  ])('where one pod alone may use a further claim: %j', (props, replicas) => {
    expect(
      refusedApp((chart) => ({
        ...props,
        volumes: [
          {
            storage: Claim.fromClaimName(chart, 'lock', 'lock', { accessMode: 'ReadWriteOncePod' }),
            mountPath: '/lock',
          },
        ],
      })),
    ).toEqual({
      code: 'ClaimExclusive',
      path: 'shop/web',
      message: `shop/web: 'volumes' must not have a ReadWriteOncePod claim with ${replicas} replicas, got 'lock'; all but one replica would stay Pending`,
    });
  });

  test('not where that pod is the only one', () => {
    expect(
      specOf('Deployment', (chart) => ({
        replicas: 1,
        volumes: [
          {
            storage: Claim.fromClaimName(chart, 'lock', 'lock', { accessMode: 'ReadWriteOncePod' }),
            mountPath: '/lock',
          },
        ],
      })),
    ).toHaveProperty('replicas', 1);
  });
});

describe('an app from plain JavaScript fails', () => {
  test.each([
    [{ uploads: undefined }, 'PropMissing'],
    [{ uploads: null }, 'PropType'],
    [{ uploads: {} }, 'PropMissing'],
  ])('with %j', (props, code) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const refused = refusal(
      () =>
        new (require('../../src/workloads/shared-upload-app').SharedUploadApp)(chart, 'web', {
          image: 'nginx:1.29',
          port: 80,
          ...props,
        }),
    );
    expect(refused).toMatchObject({ code, path: 'shop/web' });
    expect(chart.toJson()).toEqual([]);
  });

  test.each([
    ['replica', 'replicas'],
    ['imagePullSecret', 'imagePullSecrets'],
    ['upload', 'uploads'],
    ['nodeLabel', 'nodeLabels'],
    ['autoScale', 'autoscale'],
    ['containername', 'containerName'],
  ])('with %s, and offers %s', (prop, nearest) => {
    expect(refusedApp({ [prop]: 'x' })).toEqual({
      code: 'PropUnknown',
      path: 'shop/web',
      message: `shop/web: '${prop}' is no prop of SharedUploadApp; did you mean '${nearest}'?`,
    });
  });

  test('and leaves its props as they were', () => {
    const props = Object.freeze({
      labels: Object.freeze({ team: 'files' }),
      env: Object.freeze({ A: '1' }),
      command: Object.freeze(['/app']),
      scratch: Object.freeze(['/cache']),
      supplementalGroups: Object.freeze([1]),
      selectorLabels: Object.freeze({ role: 'upload' }),
      imagePullSecrets: Object.freeze(['registry']),
      capabilities: Object.freeze({ drop: Object.freeze(['ALL' as const]) }),
    });
    expect(() => appObjects(props)).not.toThrow();
  });
});
