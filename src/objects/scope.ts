import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';

/**
 * The path that a construct will have, for messages before it exists.
 *
 * @throws StorageError `ScopeInvalid` where the scope is not inside a Chart, `IdInvalid` where the
 * id is no string with something in it
 */
export function pathIn(scope: Construct, id: string): string {
  if (typeof id !== 'string' || id === '') {
    refuse('IdInvalid', '', `the id of a construct must be a string, got ${show(id)}`);
  }
  if (chartAbove(scope) === undefined) {
    const got = isConstruct(scope) ? 'a construct outside any chart' : show(scope);
    refuse('ScopeInvalid', id, `the scope must be a Chart or a construct inside one, got ${got}`);
  }
  const above = scope.node.path;
  return above === '' ? id : `${above}/${id}`;
}

/** The namespace that the chart around a construct gives to its objects. */
export function chartNamespace(scope: IConstruct): string | undefined {
  return Chart.of(scope).namespace;
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
