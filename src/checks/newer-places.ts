import { WORKLOAD_GROUPS } from '../planner/inventory';
import { isAtLeast } from '../planner/kubernetes-version';
import { isPlainObject, type PlainObject, textAt } from '../planner/plain-object';
import type { KubernetesVersion } from '../planner/plan';
import { NEWER_IN_JOBS, NEWER_IN_KINDS, NEWER_IN_PODS, type NewerField } from './api/newer-fields';
import { type Path, podPath } from './pod-volumes';

/** A field of an object that a version does not keep, and where it stands. */
export interface NewerPlace {
  readonly field: NewerField;
  readonly path: Path;
  readonly value: unknown;
}

/** A field, and the steps to it from the object; null stands for each element of a list. */
interface Way {
  readonly field: NewerField;
  readonly steps: readonly (string | null)[];
}

/** Finds fields that a version does not keep by default. */
export class NewerFields {
  readonly #ways = new Map<string, { readonly groups: readonly string[]; readonly ways: Way[] }>();

  constructor(version: KubernetesVersion) {
    const add = (
      kind: string,
      groups: readonly string[],
      fields: readonly NewerField[],
      at: Path = [],
    ): void => {
      for (const field of fields.filter(({ since }) => !isAtLeast(version, since))) {
        const known = this.#ways.get(kind) ?? { groups, ways: [] };
        known.ways.push({ field, steps: stepsTo([...at, field.path].join('.')) });
        this.#ways.set(kind, known);
      }
    };
    for (const [kind, { group, fields }] of Object.entries(NEWER_IN_KINDS)) {
      add(kind, [group], fields);
    }
    add('Job', ['batch'], NEWER_IN_JOBS, ['spec']);
    add('CronJob', ['batch'], NEWER_IN_JOBS, ['spec', 'jobTemplate', 'spec']);
    for (const [kind, groups] of Object.entries(WORKLOAD_GROUPS)) {
      if (kind !== 'HorizontalPodAutoscaler') {
        add(kind, groups, NEWER_IN_PODS, podPath(kind));
      }
    }
  }

  /** Those that the object has. */
  of(object: PlainObject): readonly NewerPlace[] {
    const known = this.#ways.get(textAt(object, 'kind') ?? '');
    if (known === undefined || !known.groups.includes(groupOf(object))) {
      return NOTHING;
    }
    const found: NewerPlace[] = [];
    for (const { field, steps } of known.ways) {
      walk(object, steps, [], field, found);
    }
    return found;
  }
}

const NOTHING: readonly NewerPlace[] = Object.freeze([]);

function stepsTo(path: string): readonly (string | null)[] {
  return path
    .split('.')
    .flatMap((name) => (name.endsWith('[]') ? [name.slice(0, -2), null] : [name]));
}

function walk(
  value: unknown,
  steps: readonly (string | null)[],
  path: Path,
  field: NewerField,
  found: NewerPlace[],
): void {
  const step = steps[path.length];
  if (step === undefined) {
    if (value !== undefined && value !== null) {
      found.push({ field, path, value });
    }
  } else if (step === null) {
    if (Array.isArray(value)) {
      value.forEach((each, index) => {
        walk(each, steps, [...path, index], field, found);
      });
    }
  } else if (isPlainObject(value) && Object.hasOwn(value, step)) {
    walk(value[step], steps, [...path, step], field, found);
  }
}

function groupOf(object: PlainObject): string {
  const apiVersion = textAt(object, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}
