import fc from 'fast-check';
import { VolumePool } from '../../src/claims/volume-pool';
import { ACCESS_MODES, type AccessMode } from '../../src/kube/access-mode';
import { Quantity, quantity } from '../../src/kube/quantity';
import { VOLUME_MODES, type VolumeMode } from '../../src/kube/volume-mode';
import { checkObjects } from '../support/api-objects';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';
import { disk, disks, shop } from './sample-pool';

const KEEP = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

describe('a claim on a pool', () => {
  test('is rendered with the class and the modes of the pool', () => {
    const objects = chartObjects((chart) => {
      const pool = new VolumePool(chart, 'pool', { volumes: disks('10Gi') });
      pool.claim(chart, 'data', { size: '5120Mi' });
    });
    expect(objectOf(objects, 'PersistentVolumeClaim')).toMatchObject({
      metadata: { name: 'shop-data', namespace: 'shop', annotations: KEEP },
      spec: {
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
        storageClassName: 'shop-shop-pool',
        resources: { requests: { storage: '5Gi' } },
      },
    });
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).not.toHaveProperty('volumeName');
    expect(checkObjects(objects)).toEqual([]);
  });

  test.each(
    ACCESS_MODES.flatMap((accessMode) =>
      VOLUME_MODES.map((volumeMode) => ({ accessMode, volumeMode })),
    ),
  )('is what its volumes are: %j', (modes) => {
    const chart = shop();
    const pool = new VolumePool(chart, 'pool', { volumes: [disk('a', '1Gi', modes)] });
    expect(pool.claim(chart, 'data', { size: '1Gi' })).toMatchObject(modes);
  });

  test.each<[object, AccessMode, VolumeMode]>([
    [{ accessMode: 'ReadWriteMany' }, 'ReadWriteMany', 'Filesystem'],
    [{ accessMode: 'ReadWriteOncePod' }, 'ReadWriteOncePod', 'Filesystem'],
    [{ volumeMode: 'Block' }, 'ReadWriteOnce', 'Block'],
  ])(
    'fails with another mode, as plain JavaScript can ask: %j',
    (props, accessMode, volumeMode) => {
      const chart = shop();
      const pool = new VolumePool(chart, 'pool', { volumes: disks('1Gi') });
      expect(refusal(() => pool.claim(chart, 'data', { size: '1Gi', ...props }))).toEqual({
        code: 'PoolMode',
        path: 'shop/data',
        message: `shop/data: a claim on pool 'shop-shop-pool' must be ReadWriteOnce and Filesystem like its volumes, got ${accessMode} and ${volumeMode}`,
      });
    },
  );

  test('fails when no volume is large enough', () => {
    const chart = shop();
    const pool = new VolumePool(chart, 'pool', { volumes: disks('1Gi', '10Gi', '2Gi') });
    expect(refusal(() => pool.claim(chart, 'data', { size: '10241Mi' }))).toEqual({
      code: 'PoolTooSmall',
      path: 'shop/data',
      message:
        "shop/data: a claim on pool 'shop-shop-pool' must ask for at most its largest volume (10Gi), got 10241Mi",
    });
    pool.claim(chart, 'data', { size: '10240Mi' });
  });

  test('fails when others have taken the volumes that are large enough', () => {
    const chart = shop();
    const pool = new VolumePool(chart, 'pool', { volumes: disks('1Gi', '10Gi', '10Gi') });
    pool.claim(chart, 'a', { size: '5Gi' });
    pool.claim(chart, 'b', { size: '6Gi' });
    expect(refusal(() => pool.claim(chart, 'c', { size: '2Gi' }))).toEqual({
      code: 'PoolExhausted',
      path: 'shop/c',
      message:
        "shop/c: claims on pool 'shop-shop-pool' must be at most its volumes, got 3 claims of 2Gi or more for 2 such volumes; add volumes, or ask for fewer replicas",
    });
    pool.claim(chart, 'd', { size: '1Gi' });
    expect(refusal(() => pool.claim(chart, 'e', { size: '1' }))).toMatchObject({
      code: 'PoolExhausted',
      message:
        "shop/e: claims on pool 'shop-shop-pool' must be at most its volumes, got 4 claims of 1 or more for 3 such volumes; add volumes, or ask for fewer replicas",
    });
  });

  test('fails when a larger one comes after smaller ones took all volumes', () => {
    const chart = shop();
    const pool = new VolumePool(chart, 'pool', { volumes: disks('1Gi', '10Gi') });
    pool.claim(chart, 'a', { size: '2Gi' });
    expect(refusal(() => pool.claim(chart, 'b', { size: '9Gi' }))).toMatchObject({
      code: 'PoolExhausted',
      message:
        "shop/b: claims on pool 'shop-shop-pool' must be at most its volumes, got 2 claims of 2Gi or more for 1 such volumes; add volumes, or ask for fewer replicas",
    });
  });
});

describe('what a pool counts', () => {
  const request = (size: string, count: number) => ({
    size: quantity(size),
    count,
    accessMode: 'ReadWriteOnce' as const,
    volumeMode: 'Filesystem' as const,
  });

  test('is the replicas of every consumer together', () => {
    const pool = new VolumePool(shop(), 'pool', { volumes: disks('1Gi', '1Gi', '1Gi') });
    pool.checkClaim('shop/a', request('1Gi', 0));
    pool.checkClaim('shop/b', request('1Gi', 2));
    expect(refusal(() => pool.checkClaim('shop/c', request('1Gi', 2)))).toMatchObject({
      code: 'PoolExhausted',
      path: 'shop/c',
    });
    pool.checkClaim('shop/d', request('1Gi', 1));
    expect(refusal(() => pool.checkClaim('shop/e', request('1Gi', 1)))).toMatchObject({
      code: 'PoolExhausted',
      path: 'shop/e',
    });
  });

  test('is not what it refused', () => {
    const pool = new VolumePool(shop(), 'pool', { volumes: disks('1Gi') });
    refusal(() => pool.checkClaim('shop/a', request('1Gi', 2)));
    refusal(() => pool.checkClaim('shop/a', request('2Gi', 1)));
    pool.checkClaim('shop/b', request('1Gi', 1));
  });

  /** Whether each claim can have a volume of its own that is large enough: every way is tried. */
  function canServe(claims: readonly number[], volumes: readonly number[]): boolean {
    const [claim, ...others] = claims;
    return (
      claim === undefined ||
      volumes.some(
        (volume, index) =>
          volume >= claim &&
          canServe(
            others,
            volumes.filter((_, other) => other !== index),
          ),
      )
    );
  }

  test('fails exactly when the claims cannot all have a volume', () => {
    const sizes = fc.integer({ min: 1, max: 6 });
    const consumers = fc.array(fc.record({ size: sizes, count: fc.integer({ min: 0, max: 3 }) }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.array(sizes, { minLength: 1, maxLength: 5 }), consumers, (volumes, asked) => {
        const pool = new VolumePool(shop(), 'pool', {
          volumes: disks(...volumes.map((size) => `${size}Gi`)),
        });
        let served: readonly number[] = [];
        for (const { size, count } of asked) {
          const wanted = [...served, ...Array<number>(count).fill(size)];
          const possible = size <= Math.max(...volumes) && canServe(wanted, volumes);
          const serve = () => pool.checkClaim('shop/db', request(`${size}Gi`, count));
          if (possible) {
            serve();
            served = wanted;
          } else {
            expect(refusal(serve).code).toMatch(/^Pool(Exhausted|TooSmall)$/);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('compares sizes exactly, in whatever unit they are written', () => {
    const pool = new VolumePool(shop(), 'pool', { volumes: disks('10G') });
    expect(refusal(() => pool.checkClaim('shop/a', request('10Gi', 1)))).toMatchObject({
      code: 'PoolTooSmall',
      message:
        "shop/a: a claim on pool 'shop-shop-pool' must ask for at most its largest volume (10G), got 10Gi",
    });
    pool.checkClaim('shop/b', { ...request('10G', 1), size: Quantity.parse('1e10') as Quantity });
  });
});
