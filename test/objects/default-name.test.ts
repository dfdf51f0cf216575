import { App, Chart } from 'cdk8s';
import { Claim, NfsVolume } from '../../src';
import { defaultName } from '../../src/objects/default-name';
import { refusal } from '../support/refusal';

const FAST = { size: '10Gi', accessMode: 'ReadWriteOnce', storageClassName: 'fast' } as const;
const EXPORT = { server: '10.0.0.1', path: '/', capacity: '10Gi' } as const;

describe('the name of an object that holds data', () => {
  test.each([
    ['shop/data', undefined, 'shop-data'],
    ['shop/db/Data', undefined, 'shop-db-data'],
    ['shop/data', 'prod', 'prod-shop-data'],
  ])('of %s, namespace %s, is %s', (path, namespace, name) => {
    expect(defaultName(path, { namespace })).toBe(name);
  });

  test('is the same every time, and has no hash', () => {
    const names = [1, 2].map(() => {
      const shop = new Chart(new App(), 'shop', { namespace: 'prod' });
      return [
        new Claim(shop, 'data', FAST).claimName,
        new NfsVolume(shop, 'files', EXPORT).volumeName,
      ];
    });
    expect(names).toEqual([
      ['shop-data', 'prod-shop-files'],
      ['shop-data', 'prod-shop-files'],
    ]);
  });

  test('may have 253 characters', () => {
    expect(defaultName(`shop/${'a'.repeat(248)}`)).toHaveLength(253);
  });

  test('fails where it comes out longer, before anything is made', () => {
    const shop = new Chart(new App(), 'shop');
    const id = 'a'.repeat(249);
    expect(refusal(() => new Claim(shop, id, FAST))).toEqual({
      code: 'NameTooLong',
      path: `shop/${id}`,
      message: `shop/${id}: a name made from this path must be a DNS subdomain of at most 253 characters, got 254; set 'name'`,
    });
    expect(shop.node.children).toEqual([]);
    expect(() => new Claim(shop, id, { ...FAST, name: 'data' })).not.toThrow();
  });
});
