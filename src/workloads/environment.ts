import { type EnvFrom, EnvValue } from 'cdk8s-plus-28';
import * as types from '../kube/props';

/** What a container runs and the variables that it sees. */
export interface EnvironmentProps {
  /**
   * Variables by name: a text, or a cdk8s-plus `EnvValue` for one from a Secret, a ConfigMap or the
   * pod. A text lands in the manifest as it is: a password belongs into a Secret.
   *
   * @default - none
   */
  readonly env?: Readonly<Record<string, string | EnvValue>>;

  /**
   * ConfigMaps and Secrets whose every entry becomes a variable.
   *
   * @default - none
   */
  readonly envFrom?: readonly EnvFrom[];

  /**
   * The program, in place of the image's entry point.
   *
   * @default - the image's
   */
  readonly command?: readonly string[];

  /**
   * Arguments of the program.
   *
   * @default - the image's
   */
  readonly args?: readonly string[];
}

// Kubernetes, IsEnvVarName (apimachinery, util/validation).
const VARIABLE_NAME = /^(?!\.$|\.\.)[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** The types of these props; no message shows a variable's value or an argument. */
export const ENVIRONMENT_PROPS: types.PropTypes<EnvironmentProps> = {
  env: types.optional(
    types.secret({
      expected: "an object of strings or EnvValues, by names of letters, digits, '_', '-' and '.'",
      accepts: (value) =>
        types.isObject(value) && Object.keys(value).every((name) => VARIABLE_NAME.test(name)),
      entry: {
        expected: 'a string or a cdk8s-plus EnvValue',
        accepts: isEnvValue,
      },
    }),
  ),
  envFrom: types.optional(
    types.listOf({
      expected: 'a cdk8s-plus EnvFrom, as Env.fromSecret makes it',
      accepts: (value) => types.isObject(value) && '_toKube' in value,
    }),
  ),
  command: types.optional(types.listOf(types.secret(types.anyText))),
  args: types.optional(types.listOf(types.secret(types.anyText))),
};

function isEnvValue(value: unknown): boolean {
  return (
    typeof value === 'string' ||
    (types.isObject(value) && (typeof value.value === 'string' || types.isObject(value.valueFrom)))
  );
}

/** The variables in cdk8s-plus' form. */
export function environmentOf({ env = {}, envFrom, command, args }: EnvironmentProps): {
  readonly envVariables: Record<string, EnvValue>;
  readonly envFrom?: EnvFrom[];
  readonly command?: string[];
  readonly args?: string[];
} {
  const variables = Object.entries(env).map(
    ([name, value]) =>
      [name, typeof value === 'string' ? EnvValue.fromValue(value) : value] as const,
  );
  return {
    envVariables: Object.fromEntries(variables),
    ...(envFrom && { envFrom: [...envFrom] }),
    ...(command?.length && { command: [...command] }),
    ...(args?.length && { args: [...args] }),
  };
}
