import { type Quantity, type QuantityInput, readQuantity } from '../kube/quantity';
import { show } from '../kube/show';
import { type ErrorPlace, refuse } from '../kube/storage-error';

/** The largest amount that Kubernetes counts, in bytes: 2^63 - 1 (apimachinery, quantity.go). */
const MOST_BYTES = 2n ** 63n - 1n;

/**
 * A prop's value as a size of storage: whole bytes, more than none.
 *
 * @throws StorageError `SizeInvalid`
 */
export function readSize(place: ErrorPlace, prop: string, value: QuantityInput): Quantity {
  const size = readQuantity(value);
  const bytes = size?.bytes;
  if (size === undefined || bytes === undefined) {
    refuse(
      'SizeInvalid',
      place,
      `'${prop}' must be a whole number of bytes, got ${show(textOf(value))}; 'm' is a thousandth, mega is 'M' or 'Mi'`,
    );
  }
  if (bytes === 0n || bytes > MOST_BYTES) {
    refuse(
      'SizeInvalid',
      place,
      `'${prop}' must be more than 0 and at most 2^63 - 1 bytes, got ${show(`${size}`)}`,
    );
  }
  return size;
}

// What its author wrote: a cdk8s Size has no text of its own but this.
function textOf(value: QuantityInput): string {
  return typeof value === 'object' && 'asString' in value ? value.asString() : `${value}`;
}
