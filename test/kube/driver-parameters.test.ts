import {
  altered,
  driverParameters,
  numberProblems,
  refused,
} from '../../src/kube/driver-parameters';

describe('the parameters of a class', () => {
  test('are read in any case, and are undefined where they are left out', () => {
    const given = driverParameters({ iopsPerGB: '10' });
    expect([given.get('iopsPerGB'), given.get('IOPSPERGB'), given.get('iops')]).toEqual([
      '10',
      '10',
      undefined,
    ]);
    expect(given.get('constructor')).toBeUndefined();
  });

  test.each([
    ['9999999999', 9_999_999_999],
    ['+5', 5],
    ['0', 0],
    ['-5', 0],
  ])('are numbers: %j', (text, number) => {
    const given = driverParameters({ iops: text });
    expect(given.numberOf('IOPS')).toBe(number);
    expect(numberProblems(given, 'iops')).toEqual([]);
  });

  test('are 0 where they are left out', () => {
    expect(driverParameters({}).numberOf('iops')).toBe(0);
  });

  test.each(['', ' 1', '1.5', '1e3', '12345678901'])('fails when %j is to be a number', (text) => {
    const given = driverParameters({ iops: text });
    expect(given.numberOf('iops')).toBeNaN();
    expect(numberProblems(given, 'iops')).toEqual([
      { parameter: 'iops', problem: `must be a whole number, got '${text}'`, refused: true },
    ]);
  });

  test('have problems that the driver refuses, and others that it does not', () => {
    expect(refused('iops', 'must be left out')).toHaveProperty('refused', true);
    expect(altered('iops', 'must be left out')).toHaveProperty('refused', false);
  });
});
