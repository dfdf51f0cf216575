import * as types from '../../src/kube/props';
import { type Refusal, refusal } from '../support/refusal';

const SERVER: Readonly<Record<string, types.PropType>> = {
  server: types.text,
  path: types.text,
  port: types.optional(types.wholeNumber(1, 65535)),
};

const NESTED: Readonly<Record<string, types.PropType>> = {
  exports: types.listOf(types.nested(SERVER)),
  tls: types.optional(types.nested({ verify: types.optional(types.flag) })),
};

function refused(props: unknown, of: Readonly<Record<string, types.PropType>> = SERVER): Refusal {
  return refusal(() => types.checkProps('shop/nfs', 'NfsVolume', props, of));
}

describe('props as a whole', () => {
  test('are taken where every prop is known, there and of its type', () => {
    expect(() =>
      types.checkProps(
        'shop/nfs',
        'NfsVolume',
        { server: 'a', path: '/', port: undefined },
        SERVER,
      ),
    ).not.toThrow();
  });

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['server', "'server'"],
    [[{ server: 'a' }], '[{"server":"a"}]'],
    [() => ({}), 'a function'],
    [Promise.resolve({ server: 'a', path: '/' }), 'a Promise'],
    [new Map([['server', 'a']]), 'a Map'],
  ])('fail where they are no object: %p', (props, got) => {
    expect(refused(props)).toEqual({
      code: 'PropType',
      path: 'shop/nfs',
      message: `shop/nfs: the props of NfsVolume must be an object, got ${got}`,
    });
  });

  test('fail with an unknown prop, even one that is undefined', () => {
    expect(refused({ server: 'a', path: '/', serverr: undefined })).toEqual({
      code: 'PropUnknown',
      path: 'shop/nfs',
      message: "shop/nfs: 'serverr' is no prop of NfsVolume; did you mean 'server'?",
    });
  });

  test('fail with what they take where the unknown prop is near to none', () => {
    expect(refused({ server: 'a', path: '/', replicas: 3 }).message).toBe(
      "shop/nfs: 'replicas' is no prop of NfsVolume; it takes 'server', 'path' or 'port'",
    );
  });

  test('fail with the misspelt prop before the one that it leaves missing', () => {
    expect(refused({ sever: 'a', path: '/' }).message).toBe(
      "shop/nfs: 'sever' is no prop of NfsVolume; did you mean 'server'?",
    );
  });

  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
    'fail with %s, which every object inherits and no construct takes',
    (key) => {
      const props = Object.fromEntries([
        ['server', 'a'],
        ['path', '/'],
        [key, 1],
      ]);
      expect(refused(props).message).toBe(
        `shop/nfs: '${key}' is no prop of NfsVolume; it takes 'server', 'path' or 'port'`,
      );
    },
  );

  test('are told of the construct, where there is one', () => {
    const construct = { node: { path: 'shop/other' } };
    const { path, message } = refusal(() => types.checkProps(construct, 'Thing', null, {}));
    expect(path).toBe('shop/other');
    expect(message).toBe('shop/other: the props of Thing must be an object, got null');
  });
});

describe('props inside props', () => {
  test.each([
    [
      { exports: [{ server: 'a', path: '/' }, { server: 'a' }] },
      'PropMissing',
      "'exports[1].path' must be a string that is not empty, got undefined",
    ],
    [
      { exports: [{ server: 'a', path: '/', prt: 2049 }] },
      'PropUnknown',
      "'exports[0].prt' is no prop of NfsVolume; did you mean 'port'?",
    ],
    [
      { exports: [{ server: 'a', path: '/', port: 0 }] },
      'PropType',
      "'exports[0].port' must be a whole number from 1 to 65535, got 0",
    ],
    [
      { exports: ['a:/'] },
      'PropType',
      "'exports[0]' must be an object with 'server' and 'path', got 'a:/'",
    ],
    [
      { exports: 'a:/' },
      'PropType',
      "'exports' must be a list, each an object with 'server' and 'path', got 'a:/'",
    ],
    [{ exports: [], tls: true }, 'PropType', "'tls' must be an object, got true"],
    [
      { exports: [], tls: { verify: 'no' } },
      'PropType',
      "'tls.verify' must be true or false, got 'no'",
    ],
  ])('fail with the way to them: %j', (props, code, message) => {
    expect(refused(props, NESTED)).toEqual({
      code,
      path: 'shop/nfs',
      message: `shop/nfs: ${message}`,
    });
  });
});

test('labels fail with a key that cdk8s cannot write', () => {
  const of = { labels: types.optional(types.labels) };
  expect(refused({ labels: { constructor: 'x' } }, of).message).toBe(
    `shop/nfs: 'labels' must be ${types.labels.expected}, got {"constructor":"x"}; cdk8s writes no key 'constructor'`,
  );
  expect(refused({ labels: { 'a b': 'x' } }, of).message).toBe(
    `shop/nfs: 'labels' must be ${types.labels.expected}, got {"a b":"x"}`,
  );
});
