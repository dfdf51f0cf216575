import { App } from 'cdk8s';
import { DynamicStorageChart } from '../../src/charts/dynamic';
import { LocalPathStorageChart } from '../../src/charts/local-path';
import { StaticStorageChart } from '../../src/charts/static';
import { refusal } from '../support/refusal';

describe.each([
  ['static', StaticStorageChart],
  ['dynamic', DynamicStorageChart],
  ['local-path', LocalPathStorageChart],
])('the %s chart fails', (name, Variant) => {
  test.each([
    [
      undefined,
      name,
      'ScopeInvalid',
      `${name}: the scope of a chart must be an App, got undefined`,
    ],
    [{}, name, 'ScopeInvalid', `${name}: the scope of a chart must be an App, got {}`],
    [new App(), undefined, 'IdInvalid', 'the id of a construct must be a string, got undefined'],
    [new App(), '', 'IdInvalid', "the id of a construct must be a string, got ''"],
  ])('in %p with the id %p', (scope, id, code, message) => {
    expect(refusal(() => new Variant(scope as App, id as string))).toMatchObject({
      code,
      message,
    });
  });

  test('under an id that is taken', () => {
    const app = new App();
    new Variant(app, name);
    expect(refusal(() => new Variant(app, name))).toEqual({
      code: 'IdTaken',
      path: name,
      message: `${name}: there is a construct with this path already; give one another id`,
    });
  });
});
