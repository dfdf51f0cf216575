import { Volume } from 'cdk8s-plus-28';
import { SampleClass } from '../support/sample-class';
import { refusedApp, refusedStorage } from './stateful-app';

describe('storage in plain JavaScript fails', () => {
  test.each([
    [{}, "'storage[0].mountPath' must be set for volumeMode Filesystem, got undefined"],
    [
      { volumeMode: 'Filesystem' },
      "'storage[0].mountPath' must be set for volumeMode Filesystem, got undefined",
    ],
    [
      { devicePath: '/dev/xvda' },
      "'storage[0].mountPath' must be set for volumeMode Filesystem, got undefined",
    ],
    [
      { volumeMode: 'Block' },
      "'storage[0].devicePath' must be set for volumeMode Block, got undefined",
    ],
    [
      { volumeMode: 'Block', mountPath: '/data' },
      "'storage[0].devicePath' must be set for volumeMode Block, got undefined",
    ],
    [
      { mountPath: '/data', devicePath: '/dev/xvda' },
      "'storage[0].devicePath' must not be set for volumeMode Filesystem, got '/dev/xvda'",
    ],
    [
      { volumeMode: 'Block', mountPath: '/data', devicePath: '/dev/xvda' },
      "'storage[0].mountPath' must not be set for volumeMode Block, got '/data'",
    ],
    [
      { volumeMode: 'Block', subPath: 'pg', devicePath: '/dev/xvda' },
      "'storage[0].subPath' must not be set for volumeMode Block, got 'pg'",
    ],
    [{ mountPath: 'data' }, "'storage[0].mountPath' must be an absolute path, got 'data'"],
    [{ mountPath: '/a/../b' }, "'storage[0].mountPath' must not have '..' in it, got '/a/../b'"],
    [
      { volumeMode: 'Block', devicePath: 'xvda' },
      "'storage[0].devicePath' must be an absolute path, got 'xvda'",
    ],
  ])('with %j', (storage, message) => {
    expect(refusedStorage(storage)).toEqual({
      code: 'StorageMount',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });

  test.each([
    [{ mountPath: '/' }, "'storage[0].mountPath' must be a folder below '/', got '/'"],
    [{ mountPath: '/a:b' }, "'storage[0].mountPath' must not have ':' in it, got '/a:b'"],
    [
      { volumeMode: 'Block', devicePath: '/' },
      "'storage[0].devicePath' must be a folder below '/', got '/'",
    ],
  ])('with a path that no container can have: %j', (storage, message) => {
    expect(refusedStorage(storage)).toEqual({
      code: 'MountPath',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });

  test.each([
    [
      { mounthPath: '/data' },
      "'storage[0].mounthPath' is no prop of StatefulApp; did you mean 'mountPath'?",
    ],
    [{ form: 'fast' }, "'storage[0].form' is no prop of StatefulApp; did you mean 'from'?"],
    [
      { accessModes: [] },
      "'storage[0].accessModes' is no prop of StatefulApp; did you mean 'accessMode'?",
    ],
  ])('with a prop that it does not have: %j', (storage, message) => {
    expect(refusedStorage(storage)).toEqual({
      code: 'PropUnknown',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });

  test.each([
    [
      { from: 'fast' },
      "'storage[0].from' must be a storage class or a pool of this library, got 'fast'",
    ],
    [
      { from: { storageClassName: 'fast' } },
      `'storage[0].from' must be a storage class or a pool of this library, got {"storageClassName":"fast"}`,
    ],
    [
      { name: 'data.v2' },
      "'storage[0].name' must be a DNS label (lower case letters, digits and '-', at most 63), got 'data.v2'",
    ],
    [
      { name: 'd'.repeat(64) },
      `'storage[0].name' must be a DNS label (lower case letters, digits and '-', at most 63), got '${'d'.repeat(64)}'`,
    ],
    [
      { size: '10GB' },
      "'storage[0].size' must be a Kubernetes quantity: a string such as '10Gi', '1.5Ti', '5G' or '1024', got '10GB'",
    ],
    [
      { accessMode: 'RWO' },
      "'storage[0].accessMode' must be 'ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany' or 'ReadWriteOncePod', got 'RWO'",
    ],
    [
      { volumeMode: 'block' },
      "'storage[0].volumeMode' must be 'Filesystem' or 'Block', got 'block'; did you mean 'Block'?",
    ],
    [{ mountPath: 7 }, "'storage[0].mountPath' must be a string that is not empty, got 7"],
    [{ mountPath: '' }, "'storage[0].mountPath' must be a string that is not empty, got ''"],
    [{ subPath: 7 }, "'storage[0].subPath' must be a string, got 7"],
  ])('with a value that it does not take: %j', (storage, message) => {
    expect(refusedStorage({ mountPath: '/data', ...storage })).toEqual({
      code: 'PropType',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });

  test.each(['name', 'from', 'size'])('without %s', (prop) => {
    const { code, path, message } = refusedStorage({ mountPath: '/data', [prop]: undefined });
    expect([code, path]).toEqual(['PropMissing', 'shop/db']);
    expect(message).toMatch(
      new RegExp(`^shop/db: 'storage\\[0\\]\\.${prop}' must be .*, got undefined$`),
    );
  });

  test.each([
    ['0', "must be more than 0 and at most 2^63 - 1 bytes, got '0'"],
    ['8Ei', "must be more than 0 and at most 2^63 - 1 bytes, got '8Ei'"],
    [
      '500m',
      "must be a whole number of bytes, got '500m'; 'm' is a thousandth, mega is 'M' or 'Mi'",
    ],
  ])('with the size %s', (size, problem) => {
    expect(refusedStorage({ mountPath: '/data', size })).toEqual({
      code: 'SizeInvalid',
      path: 'shop/db',
      message: `shop/db: 'storage[0].size' ${problem}`,
    });
  });
});

describe('storage fails', () => {
  test('when two have one name', () => {
    expect(refusedStorage({ mountPath: '/a' }, { mountPath: '/b' })).toEqual({
      code: 'StorageName',
      path: 'shop/db',
      message: "shop/db: 'storage[1].name' must be a name of its own, got 'data' again",
    });
  });

  test.each([
    [
      'two folders',
      { mountPath: '/data' },
      { mountPath: '/data/' },
      "'storage[1].mountPath' must be a path of its own, got '/data/', which 'storage[0].mountPath' has",
    ],
    [
      'two devices',
      { volumeMode: 'Block', devicePath: '/dev/xvda' },
      { volumeMode: 'Block', devicePath: '/dev/xvda' },
      "'storage[1].devicePath' must be a path of its own, got '/dev/xvda', which 'storage[0].devicePath' has",
    ],
    [
      'a folder and a device',
      { mountPath: '/data' },
      { volumeMode: 'Block', devicePath: '/data' },
      "'storage[1].devicePath' must be a path of its own, got '/data', which 'storage[0].mountPath' has",
    ],
  ])('when %s have one path', (_, one, other, message) => {
    expect(refusedStorage({ ...one, name: 'a' }, { ...other, name: 'b' })).toEqual({
      code: 'MountPath',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });

  test('when further storage has its path', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [{ mountPath: '/data', storage: Volume.fromEmptyDir(chart, 'extra', 'extra') }],
      })),
    ).toEqual({
      code: 'MountPath',
      path: 'shop/db',
      message:
        "shop/db: 'volumes[0].mountPath' must be a path of its own, got '/data', which 'storage[0].mountPath' has",
    });
  });

  test('when a mounted one has the name of another volume', () => {
    expect(
      refusedApp((chart) => ({
        volumes: [{ mountPath: '/extra', storage: Volume.fromEmptyDir(chart, 'extra', 'data') }],
      })),
    ).toEqual({
      code: 'VolumeName',
      path: 'shop/db',
      message:
        "shop/db: 'volumes[0]' must be a volume with a name of its own, got 'data', which 'storage[0]' has; mount one construct twice, or name one of them otherwise",
    });
  });

  test('when a device has the name of another volume, which its claim would replace', () => {
    expect(
      refusedApp((chart) => ({
        storage: [
          {
            name: 'raw',
            from: new SampleClass(chart),
            size: '10Gi',
            volumeMode: 'Block',
            devicePath: '/dev/xvda',
          },
        ],
        volumes: [{ mountPath: '/extra', storage: Volume.fromEmptyDir(chart, 'extra', 'raw') }],
      })),
    ).toEqual({
      code: 'StorageName',
      path: 'shop/db',
      message:
        "shop/db: the name of a storage must differ from those of the pod's other volumes, got 'raw'",
    });
  });

  test('when a device has the name of a scratch folder’s volume', () => {
    expect(
      refusedApp((chart) => ({
        storage: [
          {
            name: 'scratch-tmp',
            from: new SampleClass(chart),
            size: '10Gi',
            volumeMode: 'Block',
            devicePath: '/dev/xvda',
          },
        ],
      })),
    ).toMatchObject({ code: 'StorageName', path: 'shop/db' });
  });
});
