import { Size } from 'cdk8s';
import { Claim } from '../../../src/claims/claim';
import { VolumePool } from '../../../src/claims/volume-pool';
import { ACCESS_MODES, type AccessMode } from '../../../src/kube/access-mode';
import { LocalVolume } from '../../../src/local/local-volume';
import { NfsVolume } from '../../../src/nfs/nfs-volume';
import { DISK, FOLDER, SampleClass } from '../../support/sample-class';
import { harbor, refused, said } from './harbor';

const KEPT = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };
const EXPORT = { server: '172.26.1.10', path: '/srv/images', capacity: '10Gi' } as const;

describe('the persistence of a Harbor', () => {
  test("has each part's class, the chart's sizes, and keeps the claims of the chart itself", () => {
    expect(harbor().persistence).toEqual({
      enabled: true,
      resourcePolicy: 'keep',
      persistentVolumeClaim: {
        registry: {
          storageClass: 'nfs',
          accessMode: 'ReadWriteMany',
          size: '5Gi',
          annotations: KEPT,
        },
        jobservice: {
          jobLog: {
            storageClass: 'nfs',
            accessMode: 'ReadWriteMany',
            size: '1Gi',
            annotations: KEPT,
          },
        },
        database: { storageClass: 'fast', accessMode: 'ReadWriteOnce', size: '1Gi' },
        redis: { storageClass: 'fast', accessMode: 'ReadWriteOnce', size: '1Gi' },
        trivy: { storageClass: 'fast', accessMode: 'ReadWriteOnce', size: '5Gi' },
      },
      imageChartStorage: { type: 'filesystem' },
    });
  });

  test.each([
    ['1024Mi', '1Gi'],
    ['1.5Ti', '1536Gi'],
    [Size.gibibytes(200), '200Gi'],
  ])('has a canonical size: %s', (size, text) => {
    const { persistence } = harbor(({ shared }) => ({ registry: { from: shared, size } }));
    expect(persistence.persistentVolumeClaim.registry).toHaveProperty('size', text);
  });

  test('has the access mode that is said', () => {
    const { persistentVolumeClaim } = harbor(({ disk, shared }) => ({
      registry: { from: shared, accessMode: 'ReadWriteOnce' },
      database: { from: disk, accessMode: 'ReadWriteOncePod' },
      trivy: { from: shared, accessMode: 'ReadWriteMany' },
    })).persistence;
    expect(persistentVolumeClaim.registry).toHaveProperty('accessMode', 'ReadWriteOnce');
    expect(persistentVolumeClaim.database).toHaveProperty('accessMode', 'ReadWriteOncePod');
    expect(persistentVolumeClaim.trivy).toHaveProperty('accessMode', 'ReadWriteMany');
  });

  test('is for one node where pods do not share, though the class is for many', () => {
    const { persistentVolumeClaim } = harbor(({ shared }) => ({
      redis: { from: shared },
      trivy: { from: shared },
    })).persistence;
    expect(persistentVolumeClaim.redis).toHaveProperty('accessMode', 'ReadWriteOnce');
    expect(persistentVolumeClaim.trivy).toHaveProperty('accessMode', 'ReadWriteOnce');
  });

  test('is what the class has where that is another mode', () => {
    const { persistentVolumeClaim } = harbor((_, chart) => ({
      redis: { from: new SampleClass(chart, 'pods', DISK, 'ReadWriteOncePod') },
    })).persistence;
    expect(persistentVolumeClaim.redis).toHaveProperty('accessMode', 'ReadWriteOncePod');
  });

  test("says no class as '-', since '' is the default class to the chart", () => {
    const { persistentVolumeClaim } = harbor((_, chart) => {
      const none = Object.assign(new SampleClass(chart, 'none'), { storageClassName: '' });
      return { redis: { from: none } };
    }).persistence;
    expect(persistentVolumeClaim.redis).toHaveProperty('storageClass', '-');
  });

  test('leaves out what is elsewhere, and says so to the chart', () => {
    const { persistence, values } = harbor({
      jobLog: 'database',
      database: 'external',
      redis: 'external',
      trivy: 'disabled',
      values: {
        database: { external: { host: 'db.example.com', existingSecret: 'harbor-database' } },
        redis: { external: { addr: 'redis.example.com:6379' } },
      },
    });
    expect(Object.keys(persistence.persistentVolumeClaim)).toEqual(['registry']);
    expect(values).toMatchObject({
      jobservice: { jobLoggers: ['database'] },
      database: {
        type: 'external',
        external: { host: 'db.example.com', existingSecret: 'harbor-database' },
      },
      redis: { type: 'external', external: { addr: 'redis.example.com:6379' } },
      trivy: { enabled: false },
    });
  });

  test.each([
    ['database', 'host', {}],
    ['database', 'existingSecret', { host: 'db.example.com' }],
    ['redis', 'addr', {}],
  ])('fails where %s is external and has no %s', (part, key, external) => {
    expect(said(refused({ [part]: 'external', values: { [part]: { external } } }))).toBe(
      `HarborExternal: 'values.${part}.external.${key}' must be set where '${part}' is 'external', got undefined; the chart's own is an example`,
    );
  });
});

describe('a class under Harbor', () => {
  test('is asked for what the chart will claim of it, once', () => {
    let asked: SampleClass['asked'] = [];
    harbor(({ disk }) => {
      asked = disk.asked;
      return { replicas: { trivy: 2 }, redis: { from: disk, size: '2Gi' } };
    });
    expect(asked.map(({ place, size, count }) => `${place} ${size} ${count}`)).toEqual([
      'shop/harbor/database 1Gi 1',
      'shop/harbor/redis 2Gi 1',
      'shop/harbor/trivy 5Gi 2',
    ]);
    expect(asked[0]).toMatchObject({ accessMode: 'ReadWriteOnce', volumeMode: 'Filesystem' });
  });

  test('says which part it refuses', () => {
    expect(refused({ replicas: { trivy: 6 } }).message).toBe(
      'shop/harbor/trivy: there are 5 volumes, got 6 claims',
    );
  });

  test('can be a pool of volumes', () => {
    const { persistence } = harbor((_, chart) => {
      const volumes = [
        LocalVolume.pooled({ hostname: 'a', path: '/mnt/db', capacity: '20Gi' }),
      ] as const;
      return { database: { from: new VolumePool(chart, 'disks', { name: 'disks', volumes }) } };
    });
    expect(persistence.persistentVolumeClaim.database).toEqual({
      storageClass: 'disks',
      accessMode: 'ReadWriteOnce',
      size: '1Gi',
    });
  });

  test('fails where it can be read only', () => {
    const refusal = refused((_, chart) => ({
      registry: { from: new SampleClass(chart, 'cd', FOLDER, 'ReadOnlyMany') },
    }));
    expect(said(refusal)).toBe(
      "HarborStorage: 'registry.from' must be a class that can be written, got ReadOnlyMany of 'cd'; set 'registry.accessMode'",
    );
  });

  test('fails with no room at all', () => {
    expect(said(refused(({ disk }) => ({ redis: { from: disk, size: '0' } })))).toBe(
      "SizeInvalid: 'redis.size' must be more than 0 and at most 2^63 - 1 bytes, got '0'",
    );
  });
});

describe('a claim under Harbor', () => {
  test('is named, with its folder', () => {
    const { persistentVolumeClaim } = harbor((_, chart) => {
      const claim = new NfsVolume(chart, 'images', EXPORT);
      return { registry: { claim, subPath: 'images/' }, jobLog: { claim, subPath: 'logs' } };
    }).persistence;
    expect(persistentVolumeClaim.registry).toEqual({
      existingClaim: 'shop-images',
      subPath: 'images',
    });
    expect(persistentVolumeClaim.jobservice).toEqual({
      jobLog: { existingClaim: 'shop-images', subPath: 'logs' },
    });
  });

  test('is used as a whole where no folder is said', () => {
    const { persistence } = harbor((_, chart) => ({
      redis: { claim: Claim.fromClaimName(chart, 'r', 'redis', { accessMode: 'ReadWriteOnce' }) },
    }));
    expect(persistence.persistentVolumeClaim.redis).toEqual({ existingClaim: 'redis' });
  });

  test.each([
    ['ReadOnlyMany', 'Filesystem'],
    ['ReadWriteOnce', 'Block'],
  ] as const)('fails with %s and %s', (accessMode, volumeMode) => {
    const refusal = refused((_, chart) => ({
      registry: { claim: Claim.fromClaimName(chart, 'c', 'images', { accessMode, volumeMode }) },
    }));
    expect(said(refusal)).toBe(
      `HarborStorage: 'registry.claim' must be Filesystem and ReadWriteOnce, ReadWriteMany or ReadWriteOncePod, got claim 'images' with ${accessMode} and ${volumeMode}; Harbor writes files to it`,
    );
  });

  test('is refused in no other mode', () => {
    const writable = ACCESS_MODES.filter((mode) => mode !== 'ReadOnlyMany');
    for (const accessMode of writable) {
      harbor((_, chart) => ({
        redis: { claim: Claim.fromClaimName(chart, 'c', 'redis', { accessMode }) },
      }));
    }
    expect(writable).toHaveLength(3);
  });

  test('fails in another namespace, and not where none is known', () => {
    const inShop = claimOf('images', { namespace: 'shop' });
    expect(said(refused((_, chart) => ({ registry: { claim: inShop(chart) } })))).toBe(
      "ClaimNamespace: 'registry.claim' must be in Harbor's namespace 'harbor', got claim 'images' in 'shop'; pods find claims of their own namespace only",
    );
    const { namespace } = harbor((_, chart) => ({
      registry: { claim: inShop(chart) },
      namespace: 'shop',
    }));
    expect(namespace).toBe('shop');
    const unknown = harbor((_, chart) => ({ registry: { claim: inShop(chart) } }), {});
    expect(unknown.namespace).toBeUndefined();
  });

  test.each([
    ['/images', "must be a relative path, got '/images'"],
    ['../images', "must not have '..' in it, got '../images'"],
  ])('fails with the folder %s', (subPath, problem) => {
    const refusal = refused((_, chart) => ({
      registry: { claim: claimOf('images')(chart), subPath },
    }));
    expect(said(refusal)).toBe(`SubPath: 'registry.subPath' ${problem}`);
  });

  function claimOf(
    name: string,
    {
      namespace,
      accessMode = 'ReadWriteMany',
    }: { namespace?: string; accessMode?: AccessMode } = {},
  ) {
    return (chart: Parameters<typeof Claim.fromClaimName>[0]) =>
      Claim.fromClaimName(chart, name, name, {
        accessMode,
        ...(namespace !== undefined && { namespace }),
      });
  }
});

describe('parts that share a claim', () => {
  test.each([
    ['images', 'logs'],
    ['a', 'ab'],
    ['a/b', 'a/c'],
  ])('have each its folder: %s and %s', (one, other) => {
    expect(() => shared(one, other)).not.toThrow();
  });

  test.each([
    [undefined, undefined, '', ''],
    ['images', undefined, 'images', ''],
    ['data', 'data/', 'data', 'data'],
    ['data/images', 'data', 'data/images', 'data'],
    ['data', 'data/logs', 'data', 'data/logs'],
  ])('fail in %s and %s', (one, other, first, second) => {
    expect(said(refused((_, chart) => onOne(chart, one, other)))).toBe(
      `SubPath: 'jobLog.subPath' must be a folder of its own in claim 'files', got '${second}' beside '${first}' of 'registry'; they would write each other's files`,
    );
  });

  test('fail where one node has it', () => {
    expect(said(refused((_, chart) => onOne(chart, 'a', 'b', 'ReadWriteOnce')))).toBe(
      "HarborShared: 'jobLog.claim' must be ReadWriteMany where 'registry' has it too, got claim 'files' with ReadWriteOnce; their pods may be on two nodes, give each a claim of its own",
    );
  });

  function shared(one: string, other: string) {
    return harbor((_, chart) => onOne(chart, one, other));
  }

  function onOne(
    chart: Parameters<typeof Claim.fromClaimName>[0],
    one: string | undefined,
    other: string | undefined,
    accessMode: AccessMode = 'ReadWriteMany',
  ) {
    const claim = Claim.fromClaimName(chart, 'files', 'files', { accessMode });
    return {
      registry: { claim, ...(one !== undefined && { subPath: one }) },
      jobLog: { claim, ...(other !== undefined && { subPath: other }) },
    };
  }
});

describe('storage from plain JavaScript fails', () => {
  test.each([
    ['neither', () => ({})],
    ['both', (from: object, claim: object) => ({ from, claim })],
  ])('with %s', (got, storage) => {
    const refusal = refused(({ disk }, chart) => {
      const claim = Claim.fromClaimName(chart, 'c', 'c', { accessMode: 'ReadWriteOnce' });
      return { redis: storage(disk, claim) };
    });
    expect(said(refusal)).toBe(
      `HarborStorage: 'redis' must have 'from', a class that the claim is made of, or 'claim', one that is there, got ${got}`,
    );
  });

  test.each([
    ['from', 'subPath', 'redis'],
    ['claim', 'size', '1Gi'],
    ['claim', 'accessMode', 'ReadWriteOnce'],
  ])('with %s and %s', (form, other, value) => {
    const refusal = refused(({ disk }, chart) => {
      const claim = Claim.fromClaimName(chart, 'c', 'c', { accessMode: 'ReadWriteOnce' });
      return { redis: { [form]: form === 'from' ? disk : claim, [other]: value } };
    });
    expect(said(refusal)).toBe(
      `HarborStorage: 'redis.${other}' must not be set beside 'redis.${form}', got '${value}'`,
    );
  });

  test.each([
    ['registry', 'database', 'storage, { from: a class } or { claim: a claim }'],
    ['jobLog', 'none', "storage, { from: a class } or { claim: a claim }, or 'database'"],
    ['database', 'none', "storage, { from: a class } or { claim: a claim }, or 'external'"],
    ['redis', '', "storage, { from: a class } or { claim: a claim }, or 'external'"],
    ['trivy', 'external', "storage, { from: a class } or { claim: a claim }, or 'disabled'"],
  ])('where %s is %j', (part, value, expected) => {
    expect(said(refused({ [part]: value }))).toBe(
      `PropType: '${part}' must be ${expected}, got '${value}'`,
    );
  });

  test.each([
    ['from', 'gp3', 'a storage class or a pool of this library'],
    ['claim', 'images', 'a claim: what NfsVolume is, what a class makes, or Claim.fromClaimName'],
  ])('where %s is a name', (prop, value, expected) => {
    expect(said(refused({ redis: { [prop]: value } }))).toBe(
      `PropType: 'redis.${prop}' must be ${expected}, got '${value}'`,
    );
  });

  test('where a part is a class itself', () => {
    expect(said(refused(({ disk }) => ({ registry: disk })))).toBe(
      "PropType: 'registry' must be storage, { from: a class } or { claim: a claim }, got an object",
    );
  });

  test('with a misspelt prop', () => {
    expect(said(refused(({ disk }) => ({ redis: { from: disk, sise: '1Gi' } })))).toBe(
      "PropUnknown: 'redis.sise' is no prop of HarborOnStorage; did you mean 'size'?",
    );
    expect(said(refused(({ disk }) => ({ redis: { from: disk, allowNfs: true } })))).toBe(
      "PropUnknown: 'redis.allowNfs' is no prop of HarborOnStorage; it takes 'from', 'size', 'accessMode', 'claim' or 'subPath'",
    );
  });
});
