import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { labelName, labels } from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

/**
 * The path that a construct will have, for messages before it exists.
 *
 * @throws StorageError `ScopeInvalid` where the scope is not inside a Chart, `IdInvalid` where the
 * id is no string with something in it, or one that every object has, `IdTaken` where the scope has a construct of that id,
 * `LabelsInvalid` where the chart has labels that are none
 */
export function pathIn(scope: Construct, id: string): string {
  checkId(scope, id);
  const chart = chartAbove(scope);
  if (chart === undefined) {
    const got = isConstruct(scope) ? 'a construct outside any chart' : show(scope);
    refuse('ScopeInvalid', id, `the scope must be a Chart or a construct inside one, got ${got}`);
  }
  checkLabels(chart);
  return freePath(scope, id);
}

/**
 * The path that a chart will have, for messages before it exists.
 *
 * @throws StorageError `ScopeInvalid` where the scope is no construct, `IdInvalid`, `IdTaken`
 */
export function chartPathIn(scope: Construct, id: string): string {
  checkId(scope, id);
  if (!isConstruct(scope)) {
    refuse('ScopeInvalid', id, `the scope of a chart must be an App, got ${show(scope)}`);
  }
  return freePath(scope, id);
}

function checkId(scope: Construct, id: string): void {
  if (typeof id !== 'string' || id === '') {
    const place = isConstruct(scope) ? scope : '';
    refuse('IdInvalid', place, `the id of a construct must be a string, got ${show(id)}`);
  }
  // constructs keeps children in an object, and takes what that inherits for a child.
  if (id in Object.prototype) {
    const place = isConstruct(scope) ? scope : '';
    refuse('IdInvalid', place, `the id of a construct must not be ${show(id)}; give it another id`);
  }
}

function freePath(scope: Construct, id: string): string {
  const above = scope.node.path;
  const path = above === '' ? id : `${above}/${id}`;
  if (scope.node.tryFindChild(id) !== undefined) {
    refuse('IdTaken', path, `there is a construct with this path already; give one another id`);
  }
  return path;
}

/**
 * The namespace that the chart around a construct gives to its objects.
 *
 * @throws StorageError `NamespaceInvalid`, since cdk8s takes any text for one
 */
export function chartNamespace(scope: IConstruct): string | undefined {
  const { namespace, node } = Chart.of(scope);
  if (namespace !== undefined && !labelName.accepts(namespace)) {
    refuse(
      'NamespaceInvalid',
      node.path,
      `the chart's 'namespace' must be ${labelName.expected}, got ${show(namespace)}`,
    );
  }
  return namespace;
}

const checkedCharts = new WeakSet<Chart>();

// cdk8s writes the chart's labels on every object, and takes any text for one.
function checkLabels(chart: Chart): void {
  if (!checkedCharts.has(chart) && !labels.accepts(chart.labels)) {
    refuse(
      'LabelsInvalid',
      chart,
      `the chart's 'labels' must be ${labels.expected}, got ${show(chart.labels)}`,
    );
  }
  checkedCharts.add(chart);
}

function chartAbove(scope: unknown): Chart | undefined {
  let construct = isConstruct(scope) ? scope : undefined;
  while (construct !== undefined) {
    if (Chart.isChart(construct)) {
      return construct;
    }
    construct = construct.node.scope;
  }
  return undefined;
}

// By shape: an app repo may hold a second copy of `constructs`.
function isConstruct(value: unknown): value is IConstruct {
  return typeof value === 'object' && value !== null && 'node' in value;
}
