import { Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { ArgoApplication } from '../../argo-cd/argo-application';
import { checkPlain } from '../../argo-cd/source';
import * as types from '../../kube/props';
import { show } from '../../kube/show';
import { refuse } from '../../kube/storage-error';
import { chartNamespace, pathIn } from '../../objects/scope';
import { checkOwners } from './file-owners';
import { checkNothingGenerated } from './generated';
import { HARBOR_CHART, type HarborUpdateStrategy } from './harbor-chart';
import {
  HARBOR_ON_STORAGE_PROPS,
  type HarborApplicationProps,
  type HarborOnStorageProps,
} from './harbor-on-storage-props';
import { type HarborSecrets, secretValues } from './harbor-secrets';
import { checkParts } from './parts';
import { type HarborPersistence, persistenceOf } from './persistence';
import { checkRollOut, checkSharedClaims } from './sharing';
import { checkValues, merge, valueAt } from './values';

type Values = Readonly<Record<string, unknown>>;

/**
 * Harbor on storage of this library: the values of its Helm chart (goharbor/harbor-helm 1.19.1).
 *
 * It renders nothing by itself: `values` is for whoever installs the chart with other tools, and
 * `application` renders an Application of Argo CD that does. The chart's own defaults put every part
 * on ReadWriteOnce and roll out by RollingUpdate, so that an update waits for a volume that another
 * node has; here one follows from the other. Claims that the chart makes for registry and job log are
 * kept when they leave the release, and when it is deleted.
 *
 * Parts run as the UIDs of `HARBOR_UIDS` and say the same number as fsGroup. In-tree NFS ignores it:
 * folders of an export must let those UIDs write, by their owner or by `all_squash`.
 */
export class HarborOnStorage extends Construct {
  /** `persistence` of the chart's values. */
  readonly persistence: HarborPersistence;

  /** The chart's values, what was given besides among them. */
  readonly values: Readonly<Record<string, unknown>>;

  /** How the pods of registry and job service are replaced. */
  readonly updateStrategy: HarborUpdateStrategy;

  /** Namespace that Harbor runs in, by prop or by chart; undefined where neither says it. */
  readonly namespace: string | undefined;

  readonly #secrets: HarborSecrets | undefined;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - where Harbor's parts keep their files
   * @throws StorageError `HarborStorage`, `HarborReplicas`, `HarborRollOut`, `HarborShared`,
   * `HarborOwner`, `HarborDatabaseNfs`, `HarborExternal`, `HarborValue`, `HarborPassword`,
   * `ClaimNamespace`, `SubPath`, `SizeInvalid`, `ChartValues`, `ChartPassword`, `NamespaceInvalid`,
   * `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`,
   * `IdTaken`, and what the classes refuse
   */
  constructor(scope: Construct, id: string, props: HarborOnStorageProps) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'HarborOnStorage', props, HARBOR_ON_STORAGE_PROPS);
    const further = { ...props.values };
    checkPlain(path, 'values', further);
    checkValues(path, further);
    checkExternal(path, props, further);
    const namespace = props.namespace ?? chartNamespace(scope);
    const parts = checkParts(path, props, namespace);
    checkSharedClaims(path, parts);
    checkOwners(path, parts, props);
    const updateStrategy = checkRollOut(path, parts, props);
    super(scope, id);
    this.persistence = persistenceOf(parts);
    this.updateStrategy = updateStrategy;
    this.namespace = namespace;
    this.#secrets = props.secrets;
    this.values = merge(path, saidValues(props, this.persistence, updateStrategy), further);
  }

  /** The chart's values as YAML, for `helm install --values`. */
  get valuesYaml(): string {
    return Yaml.stringify(this.values);
  }

  /**
   * Renders an Application that installs the chart with these values.
   *
   * The Secrets of `secrets` must be in Harbor's namespace before the first sync, and the claims that
   * the parts were given: what renders those is synced first.
   *
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the Application, all but its source and its namespace
   * @throws StorageError `NamespaceMissing`, `HarborSecrets`, `HarborCertificate`, and as
   * ArgoApplication
   */
  application(scope: Construct, id: string, props: HarborApplicationProps = {}): ArgoApplication {
    if (this.namespace === undefined) {
      refuse(
        'NamespaceMissing',
        this,
        "'namespace' must be set, here or on the chart, got undefined; an Application has one for what it installs",
      );
    }
    checkNothingGenerated(this, this.#secrets, this.values);
    const given: unknown = props;
    if (!types.isObject(given)) {
      const path = pathIn(scope, id);
      refuse('PropType', path, `the props of an Application must be an object, got ${show(given)}`);
    }
    const { destination, repoUrl, version, releaseName, ...others } = props;
    return new ArgoApplication(scope, id, {
      ...others,
      source: {
        repoUrl: repoUrl ?? HARBOR_CHART.repoUrl,
        chart: HARBOR_CHART.chart,
        version: version ?? HARBOR_CHART.version,
        values: this.values,
        ...(releaseName !== undefined && { releaseName }),
      },
      destination: { ...destination, namespace: this.namespace },
    });
  }
}

/** The values that the props say, in the order of the chart's own file. */
function saidValues(
  props: HarborOnStorageProps,
  persistence: HarborPersistence,
  updateStrategy: HarborUpdateStrategy,
): Values {
  const { externalUrl, secrets, replicas = {}, jobLog, database, redis, trivy } = props;
  const counts = Object.entries(replicas).filter(([, count]) => count !== undefined);
  const parts: readonly Values[] = [
    secrets === undefined ? {} : secretValues(secrets),
    Object.fromEntries(counts.map(([part, count]) => [part, { replicas: count }])),
    jobLog === 'database' ? { jobservice: { jobLoggers: ['database'] } } : {},
    database === 'external' ? { database: { type: 'external' } } : {},
    redis === 'external' ? { redis: { type: 'external' } } : {},
    trivy === 'disabled' ? { trivy: { enabled: false } } : {},
  ];
  const said = {
    ...(externalUrl !== undefined && { externalURL: externalUrl }),
    persistence,
    updateStrategy: { type: updateStrategy },
  };
  return parts.reduce((values, part) => merge('', values, part), said);
}

/** What a part outside needs, without which the chart takes an address of nobody. */
const EXTERNAL = {
  database: ['host', 'existingSecret'],
  redis: ['addr'],
} as const;

function checkExternal(path: string, props: HarborOnStorageProps, values: Values): void {
  for (const part of ['database', 'redis'] as const) {
    for (const key of props[part] === 'external' ? EXTERNAL[part] : []) {
      const place = `${part}.external.${key}`;
      if (valueAt(values, place) === undefined) {
        refuse(
          'HarborExternal',
          path,
          `'values.${place}' must be set where '${part}' is 'external', got undefined; the chart's own is an example`,
        );
      }
    }
  }
}
