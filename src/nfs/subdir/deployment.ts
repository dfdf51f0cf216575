import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Labels } from '../../kube/label-selector';
import { containerResources, type Resources } from '../../kube/resources';
import { addObject } from '../../objects/api-object';
import { CONTAINER_SECURITY_CONTEXT, POD_SECURITY_CONTEXT } from './pod-security';

const ROOT = 'nfs-subdir-external-provisioner-root';

/** What the provisioner's Deployment runs. */
export interface ProvisionerDeployment {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly selector: Labels;
  readonly image: string;
  readonly imagePullSecrets: readonly string[];
  readonly provisionerName: string;
  readonly server: string;
  readonly path: string;

  /** Name of the claim that the pod mounts the share through; undefined where it does so itself. */
  readonly claimName: string | undefined;
  readonly nodeLabels: Labels | undefined;
  readonly resources: Resources;
}

/**
 * Renders the Deployment of nfs-subdir-external-provisioner: one pod, replaced before the next one
 * starts, with the share at /persistentvolumes.
 *
 * Source: nfs-subdir-external-provisioner, chart 4.0.18, templates/deployment.yaml.
 *
 * @throws StorageError `Duplicate`, `ResourceAmount`, `ResourceLimit`
 */
export function addDeployment(scope: Construct, props: ProvisionerDeployment): ApiObject {
  const { name, namespace, labels, selector, server, path, claimName, imagePullSecrets } = props;
  const { nodeLabels = {} } = props;
  return addObject(scope, 'Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selector },
      template: {
        metadata: { labels: { ...labels, ...selector } },
        spec: {
          serviceAccountName: name,
          ...(Object.keys(nodeLabels).length > 0 && { nodeSelector: { ...nodeLabels } }),
          ...(imagePullSecrets.length > 0 && {
            imagePullSecrets: imagePullSecrets.map((secret) => ({ name: secret })),
          }),
          securityContext: POD_SECURITY_CONTEXT,
          containers: [
            {
              name: 'nfs-subdir-external-provisioner',
              image: props.image,
              imagePullPolicy: 'IfNotPresent',
              env: [
                { name: 'PROVISIONER_NAME', value: props.provisionerName },
                { name: 'NFS_SERVER', value: server },
                { name: 'NFS_PATH', value: path },
              ],
              volumeMounts: [{ name: ROOT, mountPath: '/persistentvolumes' }],
              resources: containerResources(scope.node.path, props.resources),
              securityContext: CONTAINER_SECURITY_CONTEXT,
            },
          ],
          volumes: [
            {
              name: ROOT,
              ...(claimName === undefined
                ? { nfs: { server, path } }
                : { persistentVolumeClaim: { claimName } }),
            },
          ],
        },
      },
    },
  });
}
