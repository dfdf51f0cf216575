import type { WorkloadEntry } from './inventory';
import type { Problem } from './object-list';
import { isPlainObject, listAt, nameAt, objectAt, type PlainObject } from './plain-object';
import { podClaims } from './pod-claims';
import { podSpecOf } from './pod-template';

/** A claim that is made for one pod. */
export interface TemplateClaim {
  /** `<template>-<set>-<ordinal>`, or `<pod>-<volume>` of a generic ephemeral volume. */
  readonly name: string;
  readonly template: PlainObject;
}

/** More replicas are a slip or an attack: no cluster runs them. */
const MOST_REPLICAS = 100_000;

/** More claims that are made for pods are a slip or an attack, too. */
export const MOST_MADE = 200_000;

/**
 * The claims that are made for pods whose names are known: a StatefulSet's, and bare ones.
 *
 * None where replicas is no number. The claims of other workloads' ephemeral volumes are named by
 * pods whose names are made up.
 *
 * @param left - how many more claims may be made
 */
export function templateClaims(
  entry: WorkloadEntry,
  problems: Problem[],
  left: number,
): readonly TemplateClaim[] {
  const { kind, name, namespace, object } = entry;
  const isSet = kind === 'StatefulSet';
  if (!isSet && (kind !== 'Pod' || name.endsWith('-'))) {
    return [];
  }
  const spec = objectAt(object, 'spec');
  const { own, templates, ownOf } = podClaims({
    kind,
    name,
    namespace,
    pod: podSpecOf(entry),
    spec,
  });
  const unnamed = isSet ? listAt(spec, 'volumeClaimTemplates').filter(isUnnamed) : [];
  if (own.length + unnamed.length === 0) {
    return [];
  }
  const ordinals = isSet ? ordinalsOf(object) : { start: 0, count: 1 };
  if (ordinals === undefined) {
    problems.push({
      object,
      message: `spec.replicas of StatefulSet '${name}' must be a whole number up to ${MOST_REPLICAS}`,
    });
    return [];
  }
  for (const _ of unnamed) {
    problems.push({ object, message: `a claim template of StatefulSet '${name}' has no name` });
  }
  if (templates.length * ordinals.count > left) {
    problems.push({
      object,
      message: `the claims of StatefulSet '${name}' are left out: more than ${MOST_MADE} are made in all`,
    });
    return [];
  }
  return templates.flatMap((template, index) =>
    Array.from({ length: ordinals.count }, (_, position) => {
      const key = ownOf(position)[index] ?? '';
      return { name: key.slice(namespace.length + 1), template };
    }),
  );
}

function isUnnamed(template: unknown): boolean {
  return isPlainObject(template) && nameAt(objectAt(template, 'metadata'), 'name') === undefined;
}

/** The ordinals of a StatefulSet's pods; undefined where they are no whole numbers. */
export function ordinalsOf(
  set: PlainObject,
): { readonly start: number; readonly count: number } | undefined {
  const spec = objectAt(set, 'spec');
  const count = spec.replicas ?? 1;
  const start = objectAt(spec, 'ordinals').start ?? 0;
  return isCount(count) && isCount(start) ? { start, count } : undefined;
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MOST_REPLICAS;
}
