import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Labels } from '../kube/label-selector';
import { labelOfPath } from '../kube/names';

/**
 * The recommended labels of a construct's objects: its path below the chart is the name, the chart
 * what it is part of.
 *
 * `app.kubernetes.io/instance` is left to Argo CD, which writes it to track what it owns.
 * Source: Kubernetes, "Recommended Labels"; Argo CD, "Resource Tracking".
 */
export function recommendedLabels(construct: Construct): Labels {
  const chart = Chart.of(construct).node.path.split('/');
  const path = construct.node.path.split('/');
  return {
    'app.kubernetes.io/name': labelOfPath(path.slice(chart[0] === '' ? 0 : chart.length)),
    'app.kubernetes.io/part-of': labelOfPath(chart),
    'app.kubernetes.io/managed-by': 'cdk8s',
  };
}
