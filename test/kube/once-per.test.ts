import { oncePer } from '../../src/kube/once-per';

test('works out what an object gives once, and anew for another object', () => {
  const workOut = jest.fn(({ size }: { size: number }) => size * 2);
  const doubled = oncePer(workOut);
  const one = { size: 1 };
  expect([doubled(one), doubled(one), doubled({ size: 1 }), doubled({ size: 4 })]).toEqual([
    2, 2, 2, 8,
  ]);
  expect(workOut).toHaveBeenCalledTimes(3);
});

test('asks no second time where there was nothing', () => {
  const workOut = jest.fn((_: object) => undefined);
  const nothing = oncePer(workOut);
  const key = {};
  expect([nothing(key), nothing(key)]).toEqual([undefined, undefined]);
  expect(workOut).toHaveBeenCalledTimes(1);
});
