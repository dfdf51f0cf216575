import { isPlainObject, listAt, type PlainObject, textAt } from './plain-object';

/** Effects of a taint that keep a pod off; PreferNoSchedule does not. */
const HARD_EFFECTS: readonly unknown[] = ['NoSchedule', 'NoExecute'];

/** A taint of a node. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** What `kubectl cordon` amounts to. */
export const CORDON: Taint = {
  key: 'node.kubernetes.io/unschedulable',
  value: '',
  effect: 'NoSchedule',
};

/** The taints of a node that keep pods off which do not tolerate them. */
export function hardTaints(nodeSpec: PlainObject): readonly Taint[] {
  return listAt(nodeSpec, 'taints')
    .filter(isPlainObject)
    .filter(({ effect }) => HARD_EFFECTS.includes(effect))
    .map((taint) => ({
      key: textAt(taint, 'key') ?? '',
      value: textAt(taint, 'value') ?? '',
      effect: textAt(taint, 'effect') ?? '',
    }));
}

/**
 * Whether a pod tolerates the taint.
 *
 * Source: Kubernetes API, Toleration: an empty effect means all, an empty key with Exists too.
 */
export function tolerates(podSpec: PlainObject, taint: Taint): boolean {
  return listAt(podSpec, 'tolerations')
    .filter(isPlainObject)
    .some(({ key, operator, value, effect }) => {
      if (effect && effect !== taint.effect) {
        return false;
      }
      if (operator === 'Exists') {
        return !key || key === taint.key;
      }
      return (
        (operator ?? 'Equal') === 'Equal' && key === taint.key && (value ?? '') === taint.value
      );
    });
}
