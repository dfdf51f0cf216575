import * as types from '../../src/kube/props';
import { refusal } from '../support/refusal';

const PASSWORD = 'hunter2';

/** The message about a prop whose type holds a secret, given a value of the wrong type. */
function message(type: types.PropType, value: unknown): string {
  return refusal(() => types.checkProps('shop/app', 'Thing', { token: value }, { token: type }))
    .message;
}

describe('a secret prop', () => {
  test('fails with the type of what came, never with its value', () => {
    const never: types.PropType = { expected: 'a token', accepts: () => false };
    expect(message(types.secret(never), PASSWORD)).toBe(
      "shop/app: 'token' must be a token, got a value of type string",
    );
    expect(message(types.optional(types.secret(never)), PASSWORD)).toBe(
      "shop/app: 'token' must be a token, got a value of type string",
    );
    expect(message(types.secret(types.text), { password: PASSWORD })).toBe(
      "shop/app: 'token' must be a string that is not empty, got a value of type object",
    );
  });

  test('asks after no near name, which would tell most of it', () => {
    const choice = { ...types.oneOf(['hunter22', 'none']), expected: 'a token' };
    expect(message(types.secret(choice), PASSWORD)).toBe(
      "shop/app: 'token' must be a token, got a value of type string",
    );
  });
});

describe('a prop that holds secrets further down', () => {
  const HOLDERS: readonly (readonly [string, types.PropType, unknown])[] = [
    ['a secret list, one element wrong', types.secret(types.listOf(types.flag)), [PASSWORD]],
    ['a list of secrets, given one', types.listOf(types.secret(types.flag)), PASSWORD],
    ['a list of secrets, one wrong', types.listOf(types.secret(types.flag)), [PASSWORD]],
    [
      'an object with a secret, given a list',
      types.nested({ password: types.secret(types.text) }),
      [{ password: PASSWORD }],
    ],
    [
      'an object with a secret, given a text',
      types.nested({ password: types.secret(types.text) }),
      PASSWORD,
    ],
    [
      'a list of objects with a secret, given one',
      types.listOf(types.nested({ password: types.secret(types.text) })),
      { password: PASSWORD },
    ],
    [
      'a secret object, one of its props wrong',
      types.secret(types.nested({ password: types.flag })),
      { password: PASSWORD },
    ],
  ];

  test.each(HOLDERS)('fails without showing them: %s', (_, type, value) => {
    expect(message(type, value)).toContain('must be');
    expect(message(type, value)).not.toContain(PASSWORD);
  });

  test('shows no secret when the props as a whole are no object', () => {
    const props = { password: types.secret(types.text) };
    const { message: whole } = refusal(() =>
      types.checkProps('shop/app', 'Thing', [{ password: PASSWORD }], props),
    );
    expect(whole).toBe('shop/app: the props of Thing must be an object, got a list');
  });
});
