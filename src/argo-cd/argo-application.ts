import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  Application as ApplicationManifest,
  type ApplicationSpecDestination,
  type ApplicationSpecSyncPolicy,
} from '../../imports/argoproj.io';
import * as types from '../kube/props';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { addObject } from '../objects/api-object';
import { defaultName } from '../objects/default-name';
import { recommendedLabels } from '../objects/labels';
import { pathIn } from '../objects/scope';
import {
  ARGO_APPLICATION_PROPS,
  type ArgoApplicationProps,
  type ArgoDestination,
} from './argo-application-props';
import { checkSource, renderSource } from './source';
import { renderSyncOptions } from './sync-options';

/** Where Argo CD looks for Applications unless it is told otherwise (Argo CD, "Declarative Setup"). */
const ARGO_CD_NAMESPACE = 'argocd';

/** The cluster that Argo CD runs in. */
const IN_CLUSTER = 'https://kubernetes.default.svc';

/** Makes Argo CD delete an Application's objects before it goes (Argo CD, "App Deletion"). */
const DELETE_OBJECTS = 'resources-finalizer.argocd.argoproj.io';

/**
 * An Application of Argo CD: a folder of rendered manifests or a Helm chart, kept in a cluster.
 *
 * By default nothing is deleted: not what leaves the source, and not what is there when the
 * Application goes. Argo CD has to be installed; its CustomResourceDefinition is not rendered.
 */
export class ArgoApplication extends Construct {
  /** Name of the Application. */
  readonly applicationName: string;

  /** Namespace that its objects go to. */
  readonly destinationNamespace: string;

  /** The Application object. */
  readonly application: ApiObject;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - what is kept, where, and how
   * @throws StorageError `SourceMixed`, `SourcePath`, `SourceCredentials`, `ChartRepository`,
   * `ChartVersion`, `ChartValues`, `ChartPassword`, `ReleaseName`, `DestinationMixed`,
   * `SyncOptionDestructive`, `SyncOptionTwice`, `NameTooLong`, `Duplicate`, `LabelsInvalid`,
   * `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`, `IdTaken`
   */
  constructor(scope: Construct, id: string, props: ArgoApplicationProps) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'ArgoApplication', props, ARGO_APPLICATION_PROPS);
    const name = props.name ?? defaultName(path);
    checkSource(path, 'ArgoApplication', name, props.source);
    checkDestination(path, props.destination);
    const syncPolicy = renderSyncPolicy(path, props);
    super(scope, id);
    this.applicationName = name;
    this.destinationNamespace = props.destination.namespace;
    this.application = addObject(
      this,
      'Resource',
      ApplicationManifest.manifest({
        metadata: {
          name,
          namespace: props.namespace ?? ARGO_CD_NAMESPACE,
          labels: { ...recommendedLabels(this), ...props.labels },
          ...(props.cascade && { finalizers: [DELETE_OBJECTS] }),
        },
        spec: {
          project: props.project ?? 'default',
          source: renderSource(props.source),
          destination: renderDestination(props.destination),
          ...(Object.keys(syncPolicy).length > 0 && { syncPolicy }),
        },
      }),
    );
  }
}

function checkDestination(path: string, { server, name }: ArgoDestination): void {
  if (server !== undefined && name !== undefined) {
    refuse(
      'DestinationMixed',
      path,
      `'destination' must have 'server' or 'name', got both: ${show(server)} and ${show(name)}; Argo CD syncs to neither`,
    );
  }
}

function renderDestination(destination: ArgoDestination): ApplicationSpecDestination {
  const { name, server = IN_CLUSTER, namespace } = destination;
  return name === undefined ? { server, namespace } : { name, namespace };
}

// What is false is left out, as Argo CD's own types leave it out (ApplicationSpec, `omitempty`).
function renderSyncPolicy(path: string, props: ArgoApplicationProps): ApplicationSpecSyncPolicy {
  const { automated, retry, createNamespace = true } = props;
  const syncOptions = renderSyncOptions(path, props.syncOptions ?? [], createNamespace);
  return {
    ...(automated && {
      automated: {
        ...(automated.prune && { prune: true }),
        ...(automated.selfHeal && { selfHeal: true }),
      },
    }),
    ...(syncOptions.length > 0 && { syncOptions }),
    ...(retry && {
      retry: {
        limit: retry.limit,
        ...(retry.backoff && { backoff: { ...retry.backoff } }),
      },
    }),
  };
}
