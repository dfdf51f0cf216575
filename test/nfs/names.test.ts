import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { NfsVolume } from '../../src/nfs/nfs-volume';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';

const EXPORT = { server: '172.26.1.10', path: '/mnt/shared', capacity: '10Gi' } as const;

describe('the names of an NfsVolume', () => {
  test('are namespace and path for the volume, the path for the claim, without a hash', () => {
    const objects = chartObjects(
      (chart) => {
        new NfsVolume(new Construct(chart, 'Team A'), 'Uploads', EXPORT);
      },
      { namespace: 'prod' },
    );
    expect(objectOf(objects, 'PersistentVolume').metadata.name).toBe('prod-shop-team-a-uploads');
    expect(objectOf(objects, 'PersistentVolumeClaim').metadata.name).toBe('shop-team-a-uploads');
  });

  test('are those that are given', () => {
    const objects = chartObjects((chart) => {
      new NfsVolume(chart, 'uploads', { ...EXPORT, name: 'pv0003', claimName: 'uploads.v2' });
    });
    expect(objectOf(objects, 'PersistentVolume').metadata.name).toBe('pv0003');
    expect(objectOf(objects, 'PersistentVolume').spec).toHaveProperty(
      'claimRef.name',
      'uploads.v2',
    );
    expect(objectOf(objects, 'PersistentVolumeClaim').metadata.name).toBe('uploads.v2');
    expect(objectOf(objects, 'PersistentVolumeClaim').spec).toHaveProperty('volumeName', 'pv0003');
  });

  test('do not depend on whether the chart hashes names', () => {
    const render = (disableResourceNameHashes: boolean) =>
      chartObjects(
        (chart) => {
          new NfsVolume(chart, 'uploads', EXPORT);
        },
        { namespace: 'shop', disableResourceNameHashes },
      );
    expect(render(true)).toEqual(render(false));
  });

  test('may have 253 characters', () => {
    const name = 'a'.repeat(253);
    const objects = chartObjects((chart) => {
      new NfsVolume(chart, 'uploads', { ...EXPORT, name, claimName: name });
    });
    expect(objectOf(objects, 'PersistentVolume').metadata.name).toBe(name);
  });

  test('of the longest path that fits are cut nowhere', () => {
    const id = 'a'.repeat(253 - 'shop-shop-'.length);
    const objects = chartObjects((chart) => {
      new NfsVolume(chart, id, EXPORT);
    });
    expect(objectOf(objects, 'PersistentVolume').metadata.name).toBe(`shop-shop-${id}`);
    expect(objectOf(objects, 'PersistentVolumeClaim').metadata.name).toBe(`shop-${id}`);
  });
});

describe('the names of an NfsVolume fail', () => {
  function refused(id: string, props = {}): ReturnType<typeof refusal> {
    return refusal(() =>
      chartObjects((chart) => {
        new NfsVolume(chart, id, { ...EXPORT, ...props });
      }),
    );
  }

  test('where the path is too long for the volume', () => {
    const id = 'a'.repeat(254 - 'shop-shop-'.length);
    expect(refused(id)).toMatchObject({
      code: 'NameTooLong',
      path: `shop/${id}`,
      message: expect.stringMatching(
        /: a name made from this path must be a DNS subdomain of at most 253 characters, got 254; set 'name'$/,
      ),
    });
    expect(() =>
      chartObjects((chart) => {
        new NfsVolume(chart, id, { ...EXPORT, name: 'uploads' });
      }),
    ).not.toThrow();
  });

  test('where the path is too long for the claim', () => {
    expect(refused('a'.repeat(254 - 'shop-'.length), { name: 'uploads' })).toMatchObject({
      code: 'NameTooLong',
    });
  });

  test.each([
    ['name', 'PV_0003'],
    ['name', 'a'.repeat(254)],
    ['claimName', 'Uploads'],
    ['claimName', ''],
  ])('as %s %s', (prop, name) => {
    const { code, message } = refused('uploads', { [prop]: name });
    expect(code).toBe('PropType');
    expect(message).toContain(
      `shop/uploads: '${prop}' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got '${name.slice(0, 80)}`,
    );
  });
});

describe('several NfsVolumes', () => {
  test('of one export are several volumes', () => {
    const objects = chartObjects((chart) => {
      new NfsVolume(chart, 'a', EXPORT);
      new NfsVolume(chart, 'b', EXPORT);
    });
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'PersistentVolume shop-shop-a',
      'PersistentVolumeClaim shop-a',
      'PersistentVolume shop-shop-b',
      'PersistentVolumeClaim shop-b',
    ]);
  });

  test('of one path in two namespaces are several volumes', () => {
    const app = new App();
    for (const namespace of ['blue', 'green']) {
      const chart = new Chart(new Construct(app, namespace), 'shop', { namespace });
      new NfsVolume(chart, 'uploads', { ...EXPORT, claimName: 'uploads' });
    }
    expect(app.synthYaml().match(/^kind: PersistentVolume$/gm)).toHaveLength(2);
  });

  test('fail with one name for two volumes, in two charts as well', () => {
    const app = new App();
    const blue = new Chart(app, 'blue', { namespace: 'blue' });
    const green = new Chart(app, 'green', { namespace: 'green' });
    new NfsVolume(blue, 'uploads', { ...EXPORT, name: 'uploads' });
    expect(refusal(() => new NfsVolume(green, 'uploads', { ...EXPORT, name: 'uploads' }))).toEqual({
      code: 'Duplicate',
      path: 'green/uploads',
      message:
        "green/uploads: PersistentVolume 'uploads' is already made by 'blue/uploads'; give one of them another 'name'",
    });
  });

  test('fail with one name for two claims of a namespace', () => {
    expect(
      refusal(() =>
        chartObjects((chart) => {
          new NfsVolume(chart, 'a', { ...EXPORT, claimName: 'uploads' });
          new NfsVolume(chart, 'b', { ...EXPORT, claimName: 'uploads' });
        }),
      ),
    ).toEqual({
      code: 'Duplicate',
      path: 'shop/b',
      message:
        "shop/b: PersistentVolumeClaim 'uploads' in 'shop' is already made by 'shop/a'; give one of them another 'claimName'",
    });
  });

  test('fail where two paths come out as one name', () => {
    expect(
      refusal(() =>
        chartObjects((chart) => {
          new NfsVolume(chart, 'a-b', EXPORT);
          new NfsVolume(new Construct(chart, 'a'), 'b', EXPORT);
        }),
      ).message,
    ).toBe(
      "shop/a/b: PersistentVolume 'shop-shop-a-b' is already made by 'shop/a-b'; give one of them another 'name'",
    );
  });

  test('have the same bytes however often they are rendered', () => {
    const render = () =>
      JSON.stringify(
        chartObjects((chart) => {
          new NfsVolume(chart, 'a', { ...EXPORT, labels: { z: '1', a: '2' } });
        }),
      );
    expect(render()).toBe(render());
  });
});
