import { StatefulApp } from '../../src/workloads/stateful-app';
import type { StatefulAppProps } from '../../src/workloads/stateful-app-props';
import { refusal } from '../support/refusal';
import { chartObjects } from '../support/synth';
import { refusedApp } from './stateful-app';

describe('a StatefulApp in plain JavaScript fails', () => {
  const refused = (props: unknown) =>
    refusal(() => chartObjects((chart) => new StatefulApp(chart, 'db', props as StatefulAppProps)));

  test.each([
    [undefined, 'undefined'],
    ['db:1', 'a value of type string'],
    [[], 'a list'],
  ])('with props that are no object: %p', (props, got) => {
    expect(refused(props)).toEqual({
      code: 'PropType',
      path: 'shop/db',
      message: `shop/db: the props of StatefulApp must be an object, got ${got}`,
    });
  });

  test.each([
    ['image', "'image' must be a string that is not empty, got undefined"],
    [
      'ports',
      "'ports' must be ports from 1 to 65535 by name (lower case letters, digits and '-', a letter among them, at most 15); at least one, each number once, got undefined",
    ],
    [
      'storage',
      `'storage' must be a list, each an object with 'name', 'from' and 'size', got undefined`,
    ],
  ])('without %s', (prop, message) => {
    const all = { image: 'registry.example.com/db:1.4.2', ports: { sql: 5432 }, storage: [] };
    expect(refused({ ...all, [prop]: undefined })).toEqual({
      code: 'PropMissing',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });

  test.each([
    [{ replica: 3 }, "'replica' is no prop of StatefulApp; did you mean 'replicas'?"],
    [{ port: 80 }, "'port' is no prop of StatefulApp; did you mean 'ports'?"],
    [{ storages: [] }, "'storages' is no prop of StatefulApp; did you mean 'storage'?"],
    [
      { publishNotReadyAddress: true },
      "'publishNotReadyAddress' is no prop of StatefulApp; did you mean 'publishNotReadyAddresses'?",
    ],
    [
      { claimRetention: { whendeleted: 'Retain' } },
      "'claimRetention.whendeleted' is no prop of StatefulApp; did you mean 'whenDeleted'?",
    ],
  ])('with a prop that it does not have: %j', (props, message) => {
    expect(refusedApp(props)).toEqual({
      code: 'PropUnknown',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });

  test.each([
    [{ replicas: -1 }, "'replicas' must be a whole number from 0 to 2147483647, got -1"],
    [{ replicas: 1.5 }, "'replicas' must be a whole number from 0 to 2147483647, got 1.5"],
    [{ replicas: '3' }, "'replicas' must be a whole number from 0 to 2147483647, got '3'"],
    [
      { publishNotReadyAddresses: 'yes' },
      "'publishNotReadyAddresses' must be true or false, got 'yes'",
    ],
    [
      { podManagementPolicy: 'parallel' },
      "'podManagementPolicy' must be 'OrderedReady' or 'Parallel', got 'parallel'; did you mean 'Parallel'?",
    ],
    [
      { updateStrategy: 'Recreate' },
      "'updateStrategy' must be 'RollingUpdate' or 'OnDelete', got 'Recreate'",
    ],
    [
      { claimRetention: { whenDeleted: 'Keep' } },
      "'claimRetention.whenDeleted' must be 'Retain' or 'Delete', got 'Keep'",
    ],
    [{ claimRetention: 'Delete' }, "'claimRetention' must be an object, got 'Delete'"],
    [{ fsGroup: -1 }, "'fsGroup' must be a whole number from 0 to 2147483647, got -1"],
    [{ fsGroup: 2 ** 31 }, "'fsGroup' must be a whole number from 0 to 2147483647, got 2147483648"],
    [
      { storage: {} },
      "'storage' must be a list, each an object with 'name', 'from' and 'size', got {}",
    ],
    [
      { terminationGracePeriodSeconds: -1 },
      "'terminationGracePeriodSeconds' must be a whole number of at least 0, got -1",
    ],
  ])('with a value that it does not take: %j', (props, message) => {
    expect(refusedApp(props)).toEqual({
      code: 'PropType',
      path: 'shop/db',
      message: `shop/db: ${message}`,
    });
  });
});
