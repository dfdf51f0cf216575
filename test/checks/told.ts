import { load } from 'js-yaml';
import type { PlanOptions } from '../../src/planner/plan';
import { found } from './rules/found';

/** What a rule says of the objects: severity, object and message of each finding. */
export function told(
  rule: string,
  objects: readonly unknown[],
  options: PlanOptions = {},
): readonly string[] {
  return found(rule, objects, options).map(
    ({ severity, object, message }) => `${severity} ${object}: ${message}`,
  );
}

/** What a rule says of the objects to do. */
export function fixes(rule: string, objects: readonly unknown[]): readonly string[] {
  return found(rule, objects).map(({ fix }) => fix);
}

/** The severities of a rule's findings. */
export function severities(
  rule: string,
  objects: readonly unknown[],
  options: PlanOptions = {},
): readonly string[] {
  return told(rule, objects, options).map((text) => text.slice(0, text.indexOf(' ')));
}

/** An object as YAML gives it. */
export function yaml(text: string): Readonly<Record<string, unknown>> {
  return load(text) as Readonly<Record<string, unknown>>;
}
