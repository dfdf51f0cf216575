import type { Labels } from '../../kube/label-selector';
import type { ParameterProblem } from '../../kube/parameter-problem';
import { ebsFlagProblems, ebsNameProblems } from '../driver/limits';
import { ebsKeyProblems } from '../identifiers/limits';
import { ebsPerformanceProblems } from '../limits';

/**
 * What is wrong with the parameters of a StorageClass, whatever is claimed of it; formatting options
 * and tags apart.
 */
export function ebsParameterProblems(parameters: Labels): readonly ParameterProblem[] {
  return [
    ...ebsNameProblems(parameters),
    ...ebsPerformanceProblems(parameters),
    ...ebsFlagProblems(parameters),
    ...ebsKeyProblems(parameters),
  ];
}
