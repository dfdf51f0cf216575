import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { volumeName } from '../claims/mountable-claim';
import { DNS_LABEL_LIMIT, isDnsLabel } from '../kube/names';
import { nodesWithLabels } from '../kube/node-selector';
import type { KubeObject } from '../kube/objects';
import * as types from '../kube/props';
import { containerResources, type Resources } from '../kube/resources';
import { show } from '../kube/show';
import { refuse } from '../kube/storage-error';
import { addObject } from '../objects/api-object';
import { POST_SYNC } from '../objects/argo-cd';
import { defaultName } from '../objects/default-name';
import { chartNamespace, pathIn } from '../objects/scope';
import { checkClaims, checkShared } from './app-claims';
import { type AppLabels, labelsOf } from './app-labels';
import { checkImage } from './image';
import { checkSubPath } from './mounts';
import { DEFAULT_ID, podSecurityContext } from './pod-security';
import {
  DEFAULT_DEADLINE_SECONDS,
  SHARE_CHECK_IMAGE,
  SHARE_CHECK_PROPS,
  type ShareCheckProps,
} from './share-check-props';
import { SHARE_CHECK_SCRIPT } from './share-check-script';
import { antiAffinity } from './spread';
import { asOwner } from './volume-owner';

/** Where the claim is mounted; a path without a space, which /proc/mounts would write otherwise. */
const SHARE = '/share';

/** Pods of the check; each writes and reads. */
const PODS = 2;

/**
 * How often a pod may fail and be made again: once, as when its node goes. Where both fail, the
 * storage is at fault, and the Job fails at once.
 */
const RETRIES = 1;

/** How long two pods may take to be scheduled and to pull their image, in seconds. */
const START_SECONDS = 120;

/** Longest name of the Job: its pods' host name is `<name>-1`, a DNS label (Kubernetes, ValidateJob). */
const NAME_LIMIT = DNS_LABEL_LIMIT - '-1'.length;

const DEFAULT_RESOURCES: Resources = { requests: { cpu: '10m', memory: '16Mi' } };

/** The label by which a Job finds its pods, with the Job's uid; since Kubernetes 1.27. */
const RUN_LABEL = 'batch.kubernetes.io/controller-uid';

interface Job extends KubeObject {
  readonly spec: unknown;
}

/**
 * Proves on the cluster that files of a shared claim cross from node to node.
 *
 * A Job of two pods on two nodes: each writes a token into a folder of their own on the claim, reads
 * the other's, and sees that the other has read its own. The log says what is wrong where something
 * is: not mounted, not writable, not visible on the other node, wrong owner; and the Job fails, and
 * with it the sync that runs it. Nothing is left on the claim. The pods pass the restricted Pod
 * Security Standard. They need Kubernetes 1.27.
 *
 * As a hook it runs once all else is healthy: a claim that waits for its first consumer needs an app
 * that uses it, or no sync comes that far.
 */
export class ShareCheck extends Construct {
  /** Name of the Job. */
  readonly jobName: string;

  /** The Job. */
  readonly job: ApiObject;

  /**
   * @param scope - the chart, or a construct inside one
   * @param id - the construct's id
   * @param props - the claim, and as whom it is used
   * @throws StorageError `ClaimNotShared`, `ClaimNamespace`, `ShareCheckName`, `ImageInvalid`,
   * `ImageTag`, `SubPath`, `ResourceAmount`, `ResourceLimit`, `RunAsRoot`, `VolumeOwner`,
   * `Duplicate`, `SelectorOverlap`, `SelectorEmpty`, `NameTooLong`, `NamespaceInvalid`,
   * `LabelsInvalid`, `PropMissing`, `PropType`, `PropUnknown`, `ScopeInvalid`, `IdInvalid`,
   * `IdTaken`
   */
  constructor(scope: Construct, id: string, props: ShareCheckProps) {
    const path = pathIn(scope, id);
    types.checkProps(path, 'ShareCheck', props, SHARE_CHECK_PROPS);
    const whole = asOwner(path, props, [props.claim]);
    const { claim, subPath, postSync = true, image = SHARE_CHECK_IMAGE } = whole;
    const { deadlineSeconds = DEFAULT_DEADLINE_SECONDS } = whole;
    const namespace = whole.namespace ?? chartNamespace(scope);
    const name = whole.name ?? defaultName(path);
    checkName(path, name);
    checkShared(path, 'claim', claim);
    checkClaims(path, [claim], namespace, PODS);
    checkImage(path, image);
    if (subPath !== undefined) {
      checkSubPath(path, 'subPath', subPath, claim.traits);
    }
    const securityContext = podSecurityContext(path, whole);
    const resources = containerResources(path, whole.resources ?? DEFAULT_RESOURCES);
    super(scope, id);

    this.jobName = name;
    const labels = labelsOf(this, whole);
    this.job = addObject<Job>(this, 'Job', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name,
        labels: labels.all,
        ...(namespace !== undefined && { namespace }),
        ...(postSync && { annotations: POST_SYNC }),
      },
      spec: {
        completions: PODS,
        parallelism: PODS,
        completionMode: 'Indexed',
        backoffLimit: RETRIES,
        activeDeadlineSeconds: (RETRIES + 1) * deadlineSeconds + START_SECONDS,
        template: {
          metadata: { labels: labels.all },
          spec: {
            ...placement(labels, whole),
            automountServiceAccountToken: false,
            containers: [{ ...container(whole, image, deadlineSeconds), resources }],
            ...(whole.imagePullSecrets?.length && {
              imagePullSecrets: whole.imagePullSecrets.map((secret) => ({ name: secret })),
            }),
            restartPolicy: 'Never',
            securityContext,
            // Enough to clean up; a shell that waits is woken each second.
            terminationGracePeriodSeconds: 10,
            volumes: [
              {
                name: volumeName(claim.claimName),
                persistentVolumeClaim: { claimName: claim.claimName },
              },
            ],
          },
        },
      },
    });
  }
}

function checkName(path: string, name: string): void {
  if (!isDnsLabel(name) || name.length > NAME_LIMIT) {
    refuse(
      'ShareCheckName',
      path,
      `the name of the Job must be a DNS label (lower case letters, digits and '-') of at most ${NAME_LIMIT} characters, got ${show(name)}; set 'name'`,
    );
  }
}

// Two nodes or none: on one node a file is seen without the storage being shared.
function placement(labels: AppLabels, { nodeLabels = {} }: ShareCheckProps): object {
  const nodes = nodesWithLabels(nodeLabels);
  return {
    affinity: {
      ...(nodes && { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: nodes } }),
      podAntiAffinity: antiAffinity('required', labels.selector),
    },
  };
}

function container(props: ShareCheckProps, image: string, deadlineSeconds: number): object {
  const { claim, subPath, runAsUser = DEFAULT_ID, runAsGroup = DEFAULT_ID } = props;
  return {
    name: 'check',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', SHARE_CHECK_SCRIPT],
    env: [
      { name: 'SHARE', value: SHARE },
      { name: 'OWNER', value: `${runAsUser}:${runAsGroup}` },
      { name: 'DEADLINE', value: `${deadlineSeconds}` },
      // Both pods of one Job have it, and no other Job's: files of an earlier run are not theirs.
      { name: 'RUN', valueFrom: { fieldRef: { fieldPath: `metadata.labels['${RUN_LABEL}']` } } },
      { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
    ],
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: props.runAsNonRoot ?? true,
    },
    // `kubectl describe pod` then says what failed.
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [
      {
        name: volumeName(claim.claimName),
        mountPath: SHARE,
        ...(subPath !== undefined && { subPath }),
      },
    ],
  };
}
