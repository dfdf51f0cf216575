import {
  type LabelSelector,
  type LabelSelectorRequirement,
  SELECTOR_OPERATORS,
} from './label-selector';
import { isLabelValue, isQualifiedName } from './names';
import * as types from './props';

const REQUIREMENT: types.PropTypes<LabelSelectorRequirement> = {
  key: {
    expected: 'the key of a label',
    accepts: (value) => typeof value === 'string' && isQualifiedName(value),
  },
  operator: types.oneOf(SELECTOR_OPERATORS),
  values: types.optional(
    types.listOf({
      expected: 'the value of a label',
      accepts: (value) => typeof value === 'string' && isLabelValue(value),
    }),
  ),
};

const PROPS: types.PropTypes<LabelSelector> = {
  matchLabels: types.optional(types.labels),
  matchExpressions: types.optional(
    types.listOf({
      ...types.nested(REQUIREMENT),
      expected: "an object with 'key', 'operator' and, for In and NotIn alone, 'values'",
      accepts: fits,
    }),
  ),
};

/** A label selector as a prop. */
export const LABEL_SELECTOR: types.PropType = types.nested(PROPS);

// What the API server asks of values; a requirement that is wrong otherwise is told field by field.
function fits(value: unknown): boolean {
  if (!types.isObject(value)) {
    return false;
  }
  const count = Array.isArray(value.values) ? value.values.length : 0;
  switch (value.operator) {
    case 'In':
    case 'NotIn':
      return count > 0;
    case 'Exists':
    case 'DoesNotExist':
      return count === 0;
    default:
      return true;
  }
}
