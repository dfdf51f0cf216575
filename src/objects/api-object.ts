import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { CLUSTER_SCOPED_KINDS, type KubeObject, type ObjectMeta } from '../kube/objects';
import { takeName } from './unique-names';

/** An object as a construct describes it; without a name, cdk8s makes one from the path. */
export interface ObjectDescription<O extends KubeObject> {
  readonly apiVersion: O['apiVersion'];
  readonly kind: O['kind'];
  readonly metadata: Partial<ObjectMeta>;
}

/**
 * Adds a plain API object to a construct.
 *
 * Plain, because the typed classes of cdk8s-plus drop fields that they do not know. Its name is
 * taken, so that a second object of the kind and name is refused; a kind without a namespace gets
 * none.
 *
 * @param nameProp - the prop that names the object, for the message
 * @throws StorageError `Duplicate` where the app has an object of this kind and name
 */
export function addObject<O extends KubeObject>(
  scope: Construct,
  id: string,
  object: O | (Omit<O, 'metadata'> & ObjectDescription<O>),
  nameProp = 'name',
): ApiObject {
  const made = CLUSTER_SCOPED_KINDS.has(object.kind)
    ? new ClusterScopedObject(scope, id, object)
    : new ApiObject(scope, id, object);
  takeName(made, scope, nameProp);
  return made;
}

/**
 * An object of a kind that has no namespace.
 *
 * cdk8s writes the chart's namespace on every object (cdk8s-team/cdk8s#1558), which Argo CD then
 * fights over; there is no prop to keep it off.
 */
class ClusterScopedObject extends ApiObject {
  override toJson(): unknown {
    const json = super.toJson();
    delete json.metadata.namespace;
    return json;
  }
}
