import type { ClassEntry } from './class-entry';
import type { Inventory } from './inventory';
import { readsVolumeAttributesClass } from './kubernetes-version';
import { DEFAULT_KUBERNETES_VERSION, type KubernetesVersion, type PlanOptions } from './plan';

/** What every verdict rests on besides the objects. */
export interface PlanContext {
  readonly version: KubernetesVersion;

  /** Whether nobody said which version the cluster has. */
  readonly assumed: boolean;

  /** Whether a claim's and a volume's VolumeAttributesClass have to agree. */
  readonly attributesClasses: boolean;

  /**
   * Classes that a claim without one may be given: `''` where there is no default class, several
   * where it is open which of them is newest, undefined where it is unknown.
   */
  readonly defaultClasses: readonly string[] | undefined;
}

/** What the options and the classes among the objects say. */
export function planContext(inventory: Inventory, options: PlanOptions): PlanContext {
  const version = options.kubernetes ?? DEFAULT_KUBERNETES_VERSION;
  const { defaultClass } = options;
  return {
    version,
    assumed: options.kubernetes === undefined,
    attributesClasses: readsVolumeAttributesClass(version),
    defaultClasses:
      defaultClass === undefined
        ? markedAsDefault(inventory)
        : [defaultClass === null ? '' : defaultClass],
  };
}

/**
 * The newest of the classes marked as default, ties by name. Which of several new ones will be
 * newest depends on the second in which each is made, so all of them are possible.
 *
 * Source: Kubernetes, pkg/volume/util/storageclass.go, GetDefaultClass.
 */
function markedAsDefault({ classes }: Inventory): readonly string[] | undefined {
  const marked: ClassEntry[] = [];
  let dumped = false;
  for (const each of classes.values()) {
    dumped ||= each.live;
    if (each.isDefault) {
      marked.push(each);
    }
  }
  if (marked.length === 0) {
    // Who dumps one class of a cluster dumps all of them.
    return dumped ? [''] : undefined;
  }
  const newest = Math.max(...marked.map(({ created }) => created));
  const names = marked.filter(({ created }) => created === newest).map(({ name }) => name);
  names.sort();
  return newest === Number.POSITIVE_INFINITY ? names : names.slice(0, 1);
}
