import type { Construct, IConstruct } from 'constructs';
import { type Labels, selects } from '../kube/label-selector';
import { refuse } from '../kube/storage-error';

/** The pods of an app, and what selects them. */
interface SelectedPods {
  readonly path: string;
  readonly selector: Labels;
  readonly labels: Labels;
}

/** The apps that have been made, each under its labels, so that a new one looks at few of them. */
interface Selectors {
  /** Apps by one entry of their selector. */
  readonly bySelector: Map<string, SelectedPods[]>;

  /** Apps by every label of their pods. */
  readonly byLabel: Map<string, SelectedPods[]>;
}

const ofApps = new WeakMap<IConstruct, Selectors>();

/**
 * Refuses two apps of a namespace of which one selects the other's pods: its Service would send them
 * traffic, and its budget and anti-affinity would count them.
 *
 * @throws StorageError `SelectorOverlap`
 */
export function takeSelector(
  app: Construct,
  namespace: string,
  selector: Labels,
  labels: Labels,
): void {
  const { bySelector, byLabel } = selectorsOf(app.node.root);
  const own: SelectedPods = { path: app.node.path, selector, labels };
  const keys = Object.entries(labels).map((label) => keyOf(namespace, label));
  const wanted = Object.entries(selector).map((label) => keyOf(namespace, label));
  const selected = shortest(byLabel, wanted).list.find((other) => overlaps(own, other));
  const selecting = keys
    .flatMap((each) => bySelector.get(each) ?? [])
    .find((other) => overlaps(other, own));
  if (selected !== undefined || selecting !== undefined) {
    const [by, of] = selected === undefined ? [selecting, own] : [own, selected];
    const text = Object.entries(by?.selector ?? {}).map(([name, value]) => `${name}=${value}`);
    refuse(
      'SelectorOverlap',
      app,
      `'selectorLabels' must select no pod of another app, got ${text.join(',')} of '${by?.path}', which the pods of '${of.path}' have too; give one of them labels of its own`,
    );
  }
  add(bySelector, shortest(bySelector, wanted).key, own);
  for (const each of keys) {
    add(byLabel, each, own);
  }
}

function overlaps(by: SelectedPods, of: SelectedPods): boolean {
  return selects({ matchLabels: by.selector }, of.labels);
}

/** The key that the fewest apps are under: labels such as the chart's are shared by many. */
function shortest(
  index: Map<string, SelectedPods[]>,
  keys: readonly string[],
): { readonly key: string; readonly list: readonly SelectedPods[] } {
  return keys
    .map((key) => ({ key, list: index.get(key) ?? [] }))
    .reduce((one, other) => (other.list.length < one.list.length ? other : one));
}

function selectorsOf(root: IConstruct): Selectors {
  const found = ofApps.get(root) ?? { bySelector: new Map(), byLabel: new Map() };
  ofApps.set(root, found);
  return found;
}

function keyOf(namespace: string, [key, value]: readonly [string, string]): string {
  return `${namespace}/${key}=${value}`;
}

function add(index: Map<string, SelectedPods[]>, key: string, pods: SelectedPods): void {
  const there = index.get(key);
  if (there === undefined) {
    index.set(key, [pods]);
  } else {
    there.push(pods);
  }
}
