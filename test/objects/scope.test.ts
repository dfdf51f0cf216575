import { App, Chart } from 'cdk8s';
import { Claim, NfsVolume } from '../../src';
import { refusal } from '../support/refusal';

const EXPORT = { server: '10.0.0.1', path: '/mnt', capacity: '10Gi' } as const;

describe('labels of the chart, which cdk8s writes on every object', () => {
  test.each([
    [{ 'a b': 'shop' }, '{"a b":"shop"}'],
    [{ team: 'the shop' }, '{"team":"the shop"}'],
    [{ team: 5 as unknown as string }, '{"team":5}'],
  ])('fail where they are none: %j', (labels, got) => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop', labels });
    for (const id of ['one', 'two']) {
      expect(refusal(() => new NfsVolume(chart, id, EXPORT))).toEqual({
        code: 'LabelsInvalid',
        path: 'shop',
        message: `shop: the chart's 'labels' must be labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '.', got ${got}`,
      });
    }
  });

  test('may be any that Kubernetes takes', () => {
    const labels = { 'example.com/team': 'shop', empty: '' };
    const chart = new Chart(new App(), 'shop', { namespace: 'shop', labels });
    const claim = Claim.fromClaimName(chart, 'data', 'data', { accessMode: 'ReadWriteOnce' });
    expect(claim.claimName).toBe('data');
  });
});

describe('the id of a construct', () => {
  test.each(['__proto__', 'constructor', 'toString'])(
    'fails as %j, which constructs takes for one that is there',
    (id) => {
      const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
      expect(refusal(() => new NfsVolume(chart, id, EXPORT))).toEqual({
        code: 'IdInvalid',
        path: 'shop',
        message: `shop: the id of a construct must not be '${id}'; give it another id`,
      });
    },
  );
});
