import { containerOf, podOf, refusedApp } from './upload-app';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('the image of an app', () => {
  test.each([
    'nginx:1.29',
    'registry.example.com/shop:1.4.2',
    'registry.example.com:5000/team/shop:1.4.2',
    'localhost:5000/shop:dev',
    '10.0.0.1:5000/shop:1',
    'registry.example.com/my_app:v1_0.0-rc.1',
    'registry.example.com/a/b/c/d:1',
    `registry.example.com/shop@${DIGEST}`,
    `registry.example.com/shop:1.4.2@${DIGEST}`,
    `registry.example.com/shop:latest@${DIGEST}`,
    'registry.example.com/latest:1',
    'shop:latest-2026',
  ])('may be %s', (image) => {
    const container = containerOf({ image });
    expect(container).toHaveProperty('image', image);
    expect(container).toHaveProperty('imagePullPolicy', 'IfNotPresent');
  });

  test.each([
    'nginx',
    'nginx:latest',
    'registry.example.com/shop',
    'registry.example.com:5000/shop',
    'registry.example.com:5000/shop:latest',
  ])('fails where it may be another tomorrow: %s', (image) => {
    expect(refusedApp({ image })).toEqual({
      code: 'ImageTag',
      path: 'shop/web',
      message: `shop/web: 'image' must have a tag other than 'latest' or a digest, got '${image}': replicas would run different code on the same files; name a version, or set 'allowMutableTag'`,
    });
  });

  test.each(['nginx', 'nginx:latest', 'registry.example.com:5000/shop'])(
    'may be another tomorrow where that is allowed, and is always pulled: %s',
    (image) => {
      const container = containerOf({ image, allowMutableTag: true });
      expect(container).toHaveProperty('image', image);
      expect(container).toHaveProperty('imagePullPolicy', 'Always');
    },
  );

  test('is pulled where it is missing, though another tag were allowed', () => {
    expect(containerOf({ image: 'nginx:1.29', allowMutableTag: true })).toHaveProperty(
      'imagePullPolicy',
      'IfNotPresent',
    );
  });

  test.each([
    'Nginx:1.29',
    'registry.example.com/Shop:1',
    'https://registry.example.com/shop:1',
    'shop:1.4.2 ',
    'shop:',
    'shop:-1',
    'shop:a/b',
    `shop:${'a'.repeat(129)}`,
    'shop@sha256:abc',
    '/shop:1',
    'shop//web:1',
    ':1',
  ])('fails as no reference: %s', (image) => {
    const { code, message } = refusedApp({ image });
    expect(code).toBe('ImageInvalid');
    expect(message).toBe(
      `shop/web: 'image' must be an image reference such as 'registry.example.com/shop:1.4.2', got '${image.slice(0, 80)}${image.length > 80 ? '…' : ''}'`,
    );
  });

  // Jest ends a test that hangs: a pattern that backtracks would.
  test.each(['a', 'a-', 'a.', 'a/', 'a_', ':a', '-'])('fails however long it is: %s…', (part) => {
    expect(refusedApp({ image: `${part.repeat(20_000)}!` }).code).toBe('ImageInvalid');
  });

  test.each([
    ['', 'PropType', "'image' must be a string that is not empty, got ''"],
    [undefined, 'PropMissing', "'image' must be a string that is not empty, got undefined"],
    [null, 'PropType', "'image' must be a string that is not empty, got null"],
  ])('fails as %j', (image, code, problem) => {
    expect(refusedApp({ image })).toEqual({
      code,
      path: 'shop/web',
      message: `shop/web: ${problem}`,
    });
  });
});

describe('the registry’s credentials', () => {
  test('are none by default, and by none', () => {
    expect(podOf()).not.toHaveProperty('imagePullSecrets');
    expect(podOf({ imagePullSecrets: [] })).not.toHaveProperty('imagePullSecrets');
  });

  test('may be several', () => {
    expect(podOf({ imagePullSecrets: ['registry', 'mirror.example.com'] })).toHaveProperty(
      'imagePullSecrets',
      [{ name: 'registry' }, { name: 'mirror.example.com' }],
    );
  });

  test.each([
    [
      'registry',
      "'imagePullSecrets' must be a list, each a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got a value of type string",
    ],
    [
      ['Registry'],
      "'imagePullSecrets[0]' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got a value of type string",
    ],
    [
      [{ name: 'registry' }],
      `'imagePullSecrets[0]' must be a DNS subdomain (lower case letters, digits, '-' and '.', at most 253), got a value of type object`,
    ],
  ])('fail as %j', (imagePullSecrets, problem) => {
    expect(refusedApp({ imagePullSecrets }).message).toBe(`shop/web: ${problem}`);
  });
});
