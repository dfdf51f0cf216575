import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Claim, NfsVolume } from '../../src';
import { refusal } from '../support/refusal';

const FAST = { size: '10Gi', accessMode: 'ReadWriteOnce', storageClassName: 'fast' } as const;
const EXPORT = { server: '10.0.0.1', path: '/', capacity: '10Gi' } as const;

const FOREIGN_CLAIM = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data' },
} as const;

function chart(app = new App(), id = 'shop', namespace: string | undefined = 'shop'): Chart {
  return new Chart(app, id, namespace === undefined ? {} : { namespace });
}

describe('two objects of one kind and name', () => {
  test('fail in the constructor of the second', () => {
    const shop = chart();
    new Claim(shop, 'one', { ...FAST, name: 'data' });
    expect(refusal(() => new Claim(shop, 'two', { ...FAST, name: 'data' }))).toEqual({
      code: 'Duplicate',
      path: 'shop/two',
      message:
        "shop/two: PersistentVolumeClaim 'data' in 'shop' is already made by 'shop/one'; give one of them another 'name'",
    });
  });

  test('name the prop that would help where a construct names two', () => {
    const shop = chart();
    new NfsVolume(shop, 'one', { ...EXPORT, claimName: 'data' });
    expect(
      refusal(() => new NfsVolume(shop, 'two', { ...EXPORT, claimName: 'data' })).message,
    ).toBe(
      "shop/two: PersistentVolumeClaim 'data' in 'shop' is already made by 'shop/one'; give one of them another 'claimName'",
    );
  });

  test('fail across charts of one namespace', () => {
    const app = new App();
    new Claim(chart(app, 'one'), 'a', { ...FAST, name: 'data' });
    expect(
      refusal(() => new Claim(chart(app, 'two'), 'b', { ...FAST, name: 'data' })).message,
    ).toBe(
      "two/b: PersistentVolumeClaim 'data' in 'shop' is already made by 'one/a'; give one of them another 'name'",
    );
  });

  test('fail where nobody says a namespace, since both land in the same one', () => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id));
    new Claim(one as Chart, 'a', { ...FAST, name: 'data' });
    expect(refusal(() => new Claim(two as Chart, 'b', { ...FAST, name: 'data' })).message).toBe(
      "two/b: PersistentVolumeClaim 'data' is already made by 'one/a'; give one of them another 'name'",
    );
  });

  test('fail where paths come out as the same name', () => {
    const shop = chart();
    new Claim(shop, 'user-data', FAST);
    expect(refusal(() => new Claim(shop, 'User_Data', FAST)).code).toBe('Duplicate');
  });

  test('fail on kinds without a namespace whatever the namespaces of the charts', () => {
    const app = new App();
    new NfsVolume(chart(app, 'one', 'a'), 'files', { ...EXPORT, name: 'pv' });
    const other = chart(app, 'two', 'b');
    expect(refusal(() => new NfsVolume(other, 'files', { ...EXPORT, name: 'pv' })).message).toBe(
      "two/files: PersistentVolume 'pv' is already made by 'one/files'; give one of them another 'name'",
    );
  });

  test('are fine in two namespaces, and in two apps', () => {
    const app = new App();
    new Claim(chart(app, 'one', 'a'), 'data', { ...FAST, name: 'data' });
    new Claim(chart(app, 'two', 'b'), 'data', { ...FAST, name: 'data' });
    new Claim(chart(new App(), 'one', 'a'), 'data', { ...FAST, name: 'data' });
    expect(() => app.synthYaml()).not.toThrow();
  });

  test('are fine where the kinds differ', () => {
    const shop = chart();
    new Claim(shop, 'data', { ...FAST, name: 'data' });
    new ApiObject(shop, 'config', { ...FOREIGN_CLAIM, kind: 'ConfigMap' });
    expect(() => shop.toJson()).not.toThrow();
  });

  test('are fine where the API groups differ', () => {
    const shop = chart();
    new Claim(shop, 'data', { ...FAST, name: 'data' });
    new ApiObject(shop, 'other', { ...FOREIGN_CLAIM, apiVersion: 'example.com/v1' });
    expect(() => shop.toJson()).not.toThrow();
  });

  test('are fine where the first was taken out of the tree again', () => {
    const shop = chart();
    new Claim(shop, 'data', FAST);
    shop.node.tryRemoveChild('data');
    expect(() => new Claim(shop, 'data', FAST)).not.toThrow();
  });
});

describe('an object that this library did not make', () => {
  const message =
    "shop/foreign: PersistentVolumeClaim 'data' in 'shop' is already made by 'shop/data'; give one of them another name";

  test('fails at synth where it has the name of one of ours', () => {
    const app = new App();
    const shop = chart(app);
    new Claim(shop, 'data', { ...FAST, name: 'data' });
    new ApiObject(shop, 'foreign', FOREIGN_CLAIM);
    expect(refusal(() => app.synthYaml())).toEqual({
      code: 'Duplicate',
      path: 'shop/foreign',
      message,
    });
    expect(refusal(() => shop.toJson()).message).toBe(message);
  });

  test('fails at synth where it came first, and in another version of the API', () => {
    const shop = chart();
    new ApiObject(shop, 'foreign', { ...FOREIGN_CLAIM, apiVersion: 'v2' });
    new Claim(shop, 'data', { ...FAST, name: 'data' });
    expect(refusal(() => shop.toJson()).message).toBe(
      "shop/foreign: PersistentVolumeClaim 'data' in 'shop' is already made by 'shop/data'; give one of them another name",
    );
  });

  test('fails at synth where it has the name of another such one', () => {
    const shop = chart();
    new Claim(shop, 'ours', FAST);
    new ApiObject(shop, 'one', FOREIGN_CLAIM);
    new ApiObject(new Construct(shop, 'deeper'), 'two', FOREIGN_CLAIM);
    expect(refusal(() => shop.toJson()).path).toBe('shop/deeper/two');
  });

  test('is fine in another namespace', () => {
    const shop = chart();
    new Claim(shop, 'data', { ...FAST, name: 'data' });
    new ApiObject(shop, 'foreign', {
      ...FOREIGN_CLAIM,
      metadata: { name: 'data', namespace: 'other' },
    });
    expect(() => shop.toJson()).not.toThrow();
  });
});
