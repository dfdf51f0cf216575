import type { Chart } from 'cdk8s';
import { show } from '../../src/kube/show';

/**
 * A value that is made anew for each app, such as a claim that a pod mounts, or that is taken as it
 * is however odd.
 */
export class Part {
  /**
   * @param make - makes it
   * @param text - how a counterexample shows it
   */
  constructor(
    readonly make: (chart: Chart, id: string) => unknown,
    readonly text = String(make),
  ) {}

  toString(): string {
    return `«${this.text}»`;
  }
}

/** The value, to be taken as it is. */
export function asIs(value: unknown): Part {
  return new Part(() => value, show(value));
}

/** Whether the value is an object or a list that is written as such. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && isPlainPrototype(value);
}

function isPlainPrototype(value: object): boolean {
  return [null, Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value));
}

/**
 * The value with its parts made for a chart, a part that is there twice made once; frozen, so that
 * nobody writes to it.
 */
export function madeFor(
  chart: Chart,
  value: unknown,
  id: string,
  made = new Map<Part, unknown>(),
): unknown {
  const inside = (inner: unknown) => madeFor(chart, inner, id, made);
  if (value instanceof Part) {
    if (!made.has(value)) {
      made.set(value, value.make(chart, `${id}-${made.size}`));
    }
    return made.get(value);
  }
  if (Array.isArray(value)) {
    return Object.freeze(value.map(inside));
  }
  return isPlain(value) ? Object.freeze(copyWith(value, inside)) : value;
}

// What is computed stays so.
function copyWith(
  value: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Record<string, unknown> {
  const descriptors = Object.getOwnPropertyDescriptors(value);
  const changed = Object.entries(descriptors).map(
    ([key, descriptor]) =>
      [
        key,
        'value' in descriptor ? { ...descriptor, value: change(descriptor.value) } : descriptor,
      ] as const,
  );
  const copy: Record<string, unknown> = Object.create(Object.getPrototypeOf(value));
  for (const [key, descriptor] of changed) {
    Object.defineProperty(copy, key, descriptor);
  }
  return copy;
}
