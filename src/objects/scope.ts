import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { labelName } from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

/**
 * The path that a construct will have, for messages before it exists.
 *
 * @throws StorageError `ScopeInvalid` where the scope is not inside a Chart, `IdInvalid` where the
 * id is no string with something in it, `IdTaken` where the scope has a construct of that id
 */
export function pathIn(scope: Construct, id: string): string {
  checkId(scope, id);
  if (chartAbove(scope) === undefined) {
    const got = isConstruct(scope) ? 'a construct outside any chart' : show(scope);
    refuse('ScopeInvalid', id, `the scope must be a Chart or a construct inside one, got ${got}`);
  }
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

function chartAbove(scope: unknown): IConstruct | undefined {
  let construct = isConstruct(scope) ? scope : undefined;
  while (construct !== undefined && !Chart.isChart(construct)) {
    construct = construct.node.scope;
  }
  return construct;
}

// By shape: an app repo may hold a second copy of `constructs`.
function isConstruct(value: unknown): value is IConstruct {
  return typeof value === 'object' && value !== null && 'node' in value;
}
