import type { WorkloadEntry } from './inventory';
import type { Problem } from './object-list';
import { isPlainObject, listAt, nameAt, objectAt, type PlainObject } from './plain-object';

/** A claim that a StatefulSet makes for one of its pods. */
export interface TemplateClaim {
  /** `<template>-<set>-<ordinal>`. */
  readonly name: string;
  readonly template: PlainObject;
}

/** More replicas are a slip or an attack: no cluster runs them. */
const MOST_REPLICAS = 100_000;

/** The claims of a StatefulSet's pods; none of other kinds, and none where replicas is no number. */
export function templateClaims(
  { kind, name: set, object }: WorkloadEntry,
  problems: Problem[],
): readonly TemplateClaim[] {
  const spec = objectAt(object, 'spec');
  const templates = listAt(spec, 'volumeClaimTemplates').filter(isPlainObject);
  if (kind !== 'StatefulSet' || templates.length === 0) {
    return [];
  }
  const ordinals = ordinalsOf(object);
  if (ordinals === undefined) {
    problems.push({
      object,
      message: `spec.replicas of StatefulSet '${set}' must be a whole number up to ${MOST_REPLICAS}`,
    });
    return [];
  }
  const claims: TemplateClaim[] = [];
  for (const template of templates) {
    const prefix = nameAt(objectAt(template, 'metadata'), 'name');
    if (prefix === undefined) {
      problems.push({ object, message: `a claim template of StatefulSet '${set}' has no name` });
      continue;
    }
    for (let pod = 0; pod < ordinals.count; pod += 1) {
      claims.push({ name: `${prefix}-${set}-${ordinals.start + pod}`, template });
    }
  }
  return claims;
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
