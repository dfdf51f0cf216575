import * as types from './props';
import { type QuantityInput, readQuantity } from './quantity';
import { show } from './show';
import { refuse } from './storage-error';

const BYTES = ['memory', 'ephemeral-storage'] as const;
const RESOURCE_NAMES = ['cpu', ...BYTES] as const;

/** Amounts of what a container uses. */
export interface ResourceAmounts {
  /**
   * Processor time in cores: `'100m'` is a tenth of one.
   *
   * @default - none
   */
  readonly cpu?: QuantityInput;

  /**
   * Memory in bytes, such as `'128Mi'`.
   *
   * @default - none
   */
  readonly memory?: QuantityInput;

  /**
   * Space on the node's disk in bytes, for scratch folders and logs.
   *
   * @default - none
   */
  readonly 'ephemeral-storage'?: QuantityInput;
}

/** What a container asks for and what it is held to. */
export interface Resources {
  /**
   * What the scheduler sets aside.
   *
   * @default - none
   */
  readonly requests?: ResourceAmounts;

  /**
   * What the container cannot exceed; each at least its request.
   *
   * @default - none
   */
  readonly limits?: ResourceAmounts;
}

/** What a container asks for where nothing is said: enough to be scheduled by, little enough to fit. */
export const DEFAULT_RESOURCES: Resources = { requests: { cpu: '100m', memory: '128Mi' } };

const AMOUNT = types.optional({
  ...types.size,
  expected: "a Kubernetes quantity such as '100m' or '128Mi'",
});
const AMOUNTS: types.PropTypes<ResourceAmounts> = {
  cpu: AMOUNT,
  memory: AMOUNT,
  'ephemeral-storage': AMOUNT,
};

/** Resources as a prop. */
export const RESOURCES: types.PropType = types.nested({
  requests: types.optional(types.nested(AMOUNTS)),
  limits: types.optional(types.nested(AMOUNTS)),
} satisfies types.PropTypes<Resources>);

/** Amounts in Kubernetes' canonical form. */
export type RenderedAmounts = Readonly<Record<string, string>>;

/**
 * Resources in Kubernetes' canonical form.
 *
 * @throws StorageError `ResourceAmount` for a part of a byte, `ResourceLimit` where a limit is below
 * its request
 */
export function renderResources(
  place: string,
  { requests = {}, limits = {} }: Resources,
): { readonly requests: RenderedAmounts; readonly limits: RenderedAmounts } {
  refuseFractions(place, 'requests', requests);
  refuseFractions(place, 'limits', limits);
  for (const name of RESOURCE_NAMES) {
    const request = readQuantity(requests[name]);
    const limit = readQuantity(limits[name]);
    if (request !== undefined && limit !== undefined && request.compare(limit) > 0) {
      refuse(
        'ResourceLimit',
        place,
        `'resources.limits.${name}' must be at least the request (${request}), got ${limit}`,
      );
    }
  }
  return { requests: renderAmounts(requests), limits: renderAmounts(limits) };
}

// The API server warns alone, but no container runs in the 0.128 bytes that '128m' says.
function refuseFractions(place: string, prop: keyof Resources, amounts: ResourceAmounts): void {
  for (const name of BYTES) {
    const amount = readQuantity(amounts[name]);
    if (amount !== undefined && amount.bytes === undefined) {
      refuse(
        'ResourceAmount',
        place,
        `'resources.${prop}.${name}' must be a whole number of bytes, got ${show(`${amount}`)}; 'm' is a thousandth, mega is 'M' or 'Mi'`,
      );
    }
  }
}

/**
 * The same as a container's field `resources`, without empty lists, which the API server leaves out.
 *
 * @throws StorageError `ResourceLimit`
 */
export function containerResources(
  place: string,
  resources: Resources,
): { readonly requests?: RenderedAmounts; readonly limits?: RenderedAmounts } {
  const { requests, limits } = renderResources(place, resources);
  return {
    ...(Object.keys(requests).length > 0 && { requests }),
    ...(Object.keys(limits).length > 0 && { limits }),
  };
}

function renderAmounts(amounts: ResourceAmounts): RenderedAmounts {
  const rendered: Record<string, string> = {};
  for (const name of RESOURCE_NAMES) {
    const amount = readQuantity(amounts[name]);
    if (amount !== undefined) {
      rendered[name] = amount.toString();
    }
  }
  return rendered;
}
