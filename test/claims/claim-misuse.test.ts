import { App, Chart, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { Claim } from '../../src';
import { type Refusal, refusal } from '../support/refusal';

const FAST = { size: '10Gi', accessMode: 'ReadWriteOnce', storageClassName: 'fast' };

/** `new Claim` as plain JavaScript sees it: without types. */
const UntypedClaim = Claim as unknown as new (scope: unknown, id: unknown, props: unknown) => Claim;

const fromClaimName = Claim.fromClaimName as unknown as (
  scope: unknown,
  id: unknown,
  name: unknown,
  props: unknown,
) => Claim;

function shop(): Chart {
  return new Chart(new App(), 'shop', { namespace: 'shop' });
}

function refusedProps(props: unknown): Refusal {
  return refusal(() => new UntypedClaim(shop(), 'data', props));
}

describe('a Claim in plain JavaScript fails', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['10Gi', "'10Gi'"],
    [['10Gi'], '["10Gi"]'],
  ])('with props that are no object: %p', (props, got) => {
    expect(refusedProps(props)).toEqual({
      code: 'PropType',
      path: 'shop/data',
      message: `shop/data: the props of Claim must be an object, got ${got}`,
    });
  });

  test.each([
    [{ sise: '10Gi' }, "'sise' is no prop of Claim; did you mean 'size'?"],
    [{ accessModes: ['RWX'] }, "'accessModes' is no prop of Claim; did you mean 'accessMode'?"],
    [
      { storageClass: 'fast' },
      "'storageClass' is no prop of Claim; did you mean 'storageClassName'?",
    ],
    [{ volumename: 'pv-1' }, "'volumename' is no prop of Claim; did you mean 'volumeName'?"],
    [
      { reclaimPolicy: 'Delete' },
      "'reclaimPolicy' is no prop of Claim; it takes 'size', 'accessMode', 'storageClassName', 'volumeMode', 'volumeName', 'selector', 'name', 'namespace', 'labels' or 'deletable'",
    ],
  ])('with a prop that it does not have: %j', (props, message) => {
    expect(refusedProps({ ...FAST, ...props })).toEqual({
      code: 'PropUnknown',
      path: 'shop/data',
      message: `shop/data: ${message}`,
    });
  });

  test.each([
    [
      'size',
      "'size' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got undefined",
    ],
    [
      'accessMode',
      "'accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got undefined",
    ],
    [
      'storageClassName',
      "'storageClassName' must be '' for no class, or a class name (a DNS subdomain), got undefined",
    ],
  ])('without %s', (prop, message) => {
    expect(refusedProps({ ...FAST, [prop]: undefined })).toEqual({
      code: 'PropMissing',
      path: 'shop/data',
      message: `shop/data: ${message}`,
    });
  });

  test.each([
    [
      { size: '10GB' },
      "'size' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got '10GB'",
    ],
    [
      { size: 10 },
      "'size' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got 10",
    ],
    [
      { accessMode: 'RWX' },
      "'accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got 'RWX'",
    ],
    [
      { accessMode: 'readWriteMany' },
      "'accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got 'readWriteMany'; did you mean 'ReadWriteMany'?",
    ],
    [
      { volumeMode: 'block' },
      "'volumeMode' must be 'Filesystem' or 'Block', got 'block'; did you mean 'Block'?",
    ],
    [
      { storageClassName: null },
      "'storageClassName' must be '' for no class, or a class name (a DNS subdomain), got null",
    ],
    [
      { volumeName: 'PV' },
      "'volumeName' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got 'PV'",
    ],
    [
      { name: '' },
      "'name' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got ''",
    ],
    [
      { namespace: 'a.b' },
      "'namespace' must be a DNS label (lower case letters, digits and '-', at most 63), got 'a.b'",
    ],
    [{ deletable: 'yes' }, "'deletable' must be true or false, got 'yes'"],
    [{ selector: 'app=pg' }, "'selector' must be an object, got 'app=pg'"],
  ])('with a value that it does not take: %j', (props, message) => {
    expect(refusedProps({ ...FAST, ...props })).toEqual({
      code: 'PropType',
      path: 'shop/data',
      message: `shop/data: ${message}`,
    });
  });

  test.each([
    ['0', "'size' must be more than 0 and at most 2^63 - 1 bytes, got '0'"],
    ['0Gi', "'size' must be more than 0 and at most 2^63 - 1 bytes, got '0'"],
    ['8Ei', "'size' must be more than 0 and at most 2^63 - 1 bytes, got '8Ei'"],
    [
      '9223372036854775808',
      "'size' must be more than 0 and at most 2^63 - 1 bytes, got '9223372036854775808'",
    ],
    [
      '10m',
      "'size' must be a whole number of bytes, got '10m'; 'm' is a thousandth, mega is 'M' or 'Mi'",
    ],
    [
      Size.kibibytes(0.1),
      "'size' must be a whole number of bytes, got '0.1Ki'; 'm' is a thousandth, mega is 'M' or 'Mi'",
    ],
  ])('with a size that no volume can have: %j', (size, message) => {
    expect(refusedProps({ ...FAST, size })).toEqual({
      code: 'SizeInvalid',
      path: 'shop/data',
      message: `shop/data: ${message}`,
    });
  });

  test('and takes the sizes on both ends of what there is', () => {
    expect(() => new UntypedClaim(shop(), 'least', { ...FAST, size: '1' })).not.toThrow();
    expect(
      () => new UntypedClaim(shop(), 'most', { ...FAST, size: '9223372036854775807' }),
    ).not.toThrow();
  });
});

describe('the scope and the id of a claim fail', () => {
  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['shop', "'shop'"],
    [{}, '{}'],
  ])('where the scope is no construct: %p', (scope, got) => {
    const expected = {
      code: 'ScopeInvalid',
      path: 'data',
      message: `data: the scope must be a Chart or a construct inside one, got ${got}`,
    };
    expect(refusal(() => new UntypedClaim(scope, 'data', FAST))).toEqual(expected);
    expect(refusal(() => fromClaimName(scope, 'data', 'pg', FAST))).toEqual(expected);
  });

  test('where the scope is an app, or a construct that is not in a chart', () => {
    const message =
      'data: the scope must be a Chart or a construct inside one, got a construct outside any chart';
    const app = new App();
    expect(refusal(() => new UntypedClaim(app, 'data', FAST)).message).toBe(message);
    const outside = new Construct(app, 'outside');
    expect(refusal(() => new UntypedClaim(outside, 'data', FAST)).message).toBe(message);
  });

  test.each([
    ['', "''"],
    [undefined, 'undefined'],
    [5, '5'],
  ])('where the id is %p', (id, got) => {
    const expected = {
      code: 'IdInvalid',
      path: 'shop',
      message: `shop: the id of a construct must be a string, got ${got}`,
    };
    expect(refusal(() => new UntypedClaim(shop(), id, FAST))).toEqual(expected);
    expect(refusal(() => fromClaimName(shop(), id, 'pg', FAST))).toEqual(expected);
  });
});

describe('Claim.fromClaimName in plain JavaScript fails', () => {
  test.each([
    [undefined, 'undefined'],
    ['', "''"],
    ['Pg', "'Pg'"],
    ['a'.repeat(254), `'${'a'.repeat(80)}…'`],
  ])('with a name that no claim has: %j', (name, got) => {
    expect(
      refusal(() => fromClaimName(shop(), 'data', name, { accessMode: 'ReadWriteOnce' })),
    ).toEqual({
      code: 'ClaimName',
      path: 'shop/data',
      message: `shop/data: the claim's name must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got ${got}`,
    });
  });

  test.each([
    [undefined, 'PropType', 'the props of Claim.fromClaimName must be an object, got undefined'],
    [
      {},
      'PropMissing',
      "'accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got undefined",
    ],
    [
      { accessMode: 'ReadWriteOnce', volumemode: 'Block' },
      'PropUnknown',
      "'volumemode' is no prop of Claim.fromClaimName; did you mean 'volumeMode'?",
    ],
    [
      { accessMode: 'ReadWriteOnce', volumeMode: 'Disk' },
      'PropType',
      "'volumeMode' must be 'Filesystem' or 'Block', got 'Disk'",
    ],
  ])('with props that it does not take: %j', (props, code, message) => {
    expect(refusal(() => fromClaimName(shop(), 'data', 'pg', props))).toEqual({
      code,
      path: 'shop/data',
      message: `shop/data: ${message}`,
    });
  });
});
