import type { Construct } from 'constructs';
import type { Labels } from '../kube/label-selector';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { recommendedLabels } from '../objects/labels';
import { chartNamespace } from '../objects/scope';
import { takeSelector } from './pod-selectors';

/** Labels of an app. */
export interface AppLabels {
  /** Labels of its objects and pods. */
  readonly all: Labels;

  /** Labels by which it finds its pods. */
  readonly selector: Labels;
}

const SELECTING = ['app.kubernetes.io/name', 'app.kubernetes.io/part-of'] as const;

/**
 * The labels of an app.
 *
 * @throws StorageError `SelectorOverlap` where another app of the namespace selects its pods, or it
 * the other's; `SelectorEmpty` where no label that selects has a value
 */
export function labelsOf(
  app: Construct,
  { labels, selectorLabels, namespace }: AppLabelProps,
): AppLabels {
  const own: Record<string, string> = { ...recommendedLabels(app), ...labels };
  const selector = selectorLabels
    ? { ...selectorLabels }
    : Object.fromEntries(SELECTING.map((key) => [key, own[key] ?? '']));
  // cdk8s-plus leaves such a selector out, and the API server refuses one that selects every pod.
  if (Object.values(selector).every((value) => value === '')) {
    refuse(
      'SelectorEmpty',
      app,
      `the labels by which the app finds its pods must not all be empty, got ${show(selector)}; set 'selectorLabels'`,
    );
  }
  const all = { ...own, ...selector };
  takeSelector(app, namespace ?? chartNamespace(app) ?? '', selector, all);
  return { all, selector };
}

interface AppLabelProps {
  readonly labels?: Labels | undefined;
  readonly selectorLabels?: Labels | undefined;
  readonly namespace?: string | undefined;
}
