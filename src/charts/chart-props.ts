import type { ChartProps } from 'cdk8s';
import * as types from '../kube/props';

/** The types of the props that every chart has. */
export const CHART_PROPS: types.PropTypes<ChartProps> = {
  namespace: types.optional(types.labelName),
  labels: types.optional(types.labels),
  disableResourceNameHashes: types.optional(types.flag),
};

/** Some props of a construct, which checks them itself. */
export function someProps(construct: string): types.PropType {
  return types.optional({ expected: `props of ${construct}`, accepts: types.isObject });
}

/** The props that are given: what is undefined keeps its default. */
export function given<P extends object>(props: P | undefined): Partial<P> {
  return Object.fromEntries(
    Object.entries(props ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<P>;
}
