import type { Labels } from './label-selector';
import type { ParameterProblem } from './parameter-problem';
import { show } from './show';

/** The parameters of a StorageClass as a driver reads them that takes their names in any case. */
export interface DriverParameters {
  /** A parameter, by its name in any case. */
  get(name: string): string | undefined;

  /** A parameter as a number: 0 where it is left out or not above 0, NaN where it is no number. */
  numberOf(name: string): number;
}

/** Reads the parameters of a StorageClass. */
export function driverParameters(parameters: Labels): DriverParameters {
  const values = new Map(
    Object.entries(parameters).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const get = (name: string): string | undefined => values.get(name.toLowerCase());
  return {
    get,
    numberOf: (name) => {
      const text = get(name) ?? '0';
      return /^[+-]?\d{1,10}$/.test(text) ? Math.max(0, Number(text)) : Number.NaN;
    },
  };
}

/** What is wrong with a parameter that must be a number. */
export function numberProblems(given: DriverParameters, name: string): readonly ParameterProblem[] {
  return Number.isNaN(given.numberOf(name))
    ? [refused(name, `must be a whole number, got ${show(given.get(name))}`)]
    : [];
}

/** A problem for which the driver makes no volume. */
export function refused(parameter: string, problem: string): ParameterProblem {
  return { parameter, problem, refused: true };
}

/** A problem with which the driver makes a volume that is not what the parameter says. */
export function altered(parameter: string, problem: string): ParameterProblem {
  return { parameter, problem, refused: false };
}
