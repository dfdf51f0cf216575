import { ConfigMap, Env, EnvValue, Secret } from 'cdk8s-plus-28';
import { containerOf, refusedApp } from './upload-app';

const NAMES = "by names of letters, digits, '_', '-' and '.'";

describe('the environment of an app', () => {
  test('is the image’s where nothing is said', () => {
    const container = containerOf();
    for (const field of ['env', 'envFrom', 'command', 'args', 'workingDir']) {
      expect(container).not.toHaveProperty(field);
    }
  });

  test('has variables from texts, Secrets, ConfigMaps and the pod', () => {
    expect(
      containerOf((chart) => ({
        env: {
          LOG_LEVEL: 'info',
          EMPTY: '',
          DB_PASSWORD: EnvValue.fromSecretValue({
            secret: Secret.fromSecretName(chart, 'db', 'shop-db'),
            key: 'password',
          }),
          MODE: EnvValue.fromConfigMap(
            ConfigMap.fromConfigMapName(chart, 'config', 'shop-config'),
            'mode',
          ),
        },
      })),
    ).toHaveProperty('env', [
      { name: 'LOG_LEVEL', value: 'info' },
      { name: 'EMPTY', value: '' },
      {
        name: 'DB_PASSWORD',
        valueFrom: { secretKeyRef: { name: 'shop-db', key: 'password' } },
      },
      { name: 'MODE', valueFrom: { configMapKeyRef: { name: 'shop-config', key: 'mode' } } },
    ]);
  });

  test('has every entry of Secrets and ConfigMaps', () => {
    expect(
      containerOf((chart) => ({
        envFrom: [
          Env.fromSecret(Secret.fromSecretName(chart, 'db', 'shop-db')),
          Env.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'config', 'shop-config'), 'SHOP_'),
        ],
      })),
    ).toHaveProperty('envFrom', [
      { secretRef: { name: 'shop-db' } },
      { configMapRef: { name: 'shop-config' }, prefix: 'SHOP_' },
    ]);
  });

  test('has another command and other arguments', () => {
    const container = containerOf({ command: ['/app/serve'], args: ['--port', '8080', ''] });
    expect(container).toHaveProperty('command', ['/app/serve']);
    expect(container).toHaveProperty('args', ['--port', '8080', '']);
  });

  test('leaves out empty lists, which the API server drops', () => {
    const container = containerOf({ env: {}, envFrom: [], command: [], args: [] });
    for (const field of ['env', 'envFrom', 'command', 'args']) {
      expect(container).not.toHaveProperty(field);
    }
  });
});

describe('the environment of an app fails', () => {
  test.each([
    ['a number', 8080, 'a value of type number'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a number in an EnvValue', { value: 8080 }, 'a value of type object'],
    ['an empty EnvValue', { value: undefined }, 'a value of type object'],
  ])('with %s, which is named and not shown', (_, value, got) => {
    expect(refusedApp({ env: { DB_PASSWORD: 'hunter2', PORT: value } })).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: `shop/web: 'env.PORT' must be a string or a cdk8s-plus EnvValue, got ${got}`,
    });
  });

  test.each([
    ['a name with a space', { 'MY PORT': '8080', DB_PASSWORD: 'hunter2' }],
    ['a name that starts with a digit', { '1PORT': '8080', DB_PASSWORD: 'hunter2' }],
    ['an empty name', { '': '8080', DB_PASSWORD: 'hunter2' }],
    ['the name .', { '.': '8080', DB_PASSWORD: 'hunter2' }],
    ['a name that starts with ..', { '..PORT': '8080', DB_PASSWORD: 'hunter2' }],
  ])('with %s, and shows no value', (_, env) => {
    expect(refusedApp({ env })).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: `shop/web: 'env' must be an object of strings or EnvValues, ${NAMES}, got a value of type object`,
    });
  });

  test('as a list, and shows no value', () => {
    expect(refusedApp({ env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }).message).toBe(
      `shop/web: 'env' must be an object of strings or EnvValues, ${NAMES}, got a list`,
    );
  });

  test.each([
    [
      { command: 'serve --password=hunter2' },
      "'command' must be a list, each a string, got a value of type string",
    ],
    [
      { args: ['--port', 8080, '--password=hunter2'] },
      "'args[1]' must be a string, got a value of type number",
    ],
    [
      { args: '--password=hunter2' },
      "'args' must be a list, each a string, got a value of type string",
    ],
  ])('with wrong commands and arguments, and shows none: %j', (props, problem) => {
    expect(refusedApp(props)).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: `shop/web: ${problem}`,
    });
  });

  test('with sources that cdk8s-plus did not make', () => {
    expect(refusedApp({ envFrom: [{ secretRef: { name: 'shop-db' } }] }).message).toBe(
      `shop/web: 'envFrom[0]' must be a cdk8s-plus EnvFrom, as Env.fromSecret makes it, got {"secretRef":{"name":"shop-db"}}`,
    );
  });

  test('in a prop beside it, and shows no value of it', () => {
    const { message } = refusedApp({
      env: { DB_PASSWORD: 'hunter2' },
      ports: 80,
      args: ['hunter2'],
    });
    expect(message).toBe("shop/web: 'ports' is no prop of SharedUploadApp; did you mean 'port'?");
  });
});
