/** What is wrong with one parameter of a StorageClass, by the driver that reads it. */
export interface ParameterProblem {
  /** The parameter, spelt as the driver spells it, or as it came where the driver knows none such. */
  readonly parameter: string;

  /** What it must be, what came and what to do: the rest of a sentence that begins with its name. */
  readonly problem: string;

  /** Whether the driver refuses it; where not, it goes on, and does what the problem says. */
  readonly refused: boolean;
}
