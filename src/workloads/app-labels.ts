import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Labels } from '../kube/label-selector';
import { recommendedLabels } from '../objects/labels';
import { takeOnce } from '../objects/unique-names';

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
 * Selecting labels are taken: with the same ones in a namespace, each of two Deployments would count
 * the other's pods and one Service would answer for both.
 *
 * @throws StorageError `Duplicate` where another app of the namespace selects by the same labels
 */
export function labelsOf(
  app: Construct,
  { labels, selectorLabels, namespace }: AppLabelProps,
): AppLabels {
  const own: Record<string, string> = { ...recommendedLabels(app), ...labels };
  const selector =
    selectorLabels ?? Object.fromEntries(SELECTING.map((key) => [key, own[key] ?? '']));
  const text = Object.entries(selector)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
  takeOnce(
    app,
    app.node.path,
    `pods/${namespace ?? Chart.of(app).namespace ?? ''}/${text}`,
    `a selector of pods by '${text}'`,
    "give one of them another 'selectorLabels'",
  );
  return { all: { ...own, ...selector }, selector };
}

interface AppLabelProps {
  readonly labels?: Labels | undefined;
  readonly selectorLabels?: Labels | undefined;
  readonly namespace?: string | undefined;
}
