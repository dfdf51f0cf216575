import { App, Chart } from 'cdk8s';
import { Claim } from '../../src/claims/claim';
import { LOCAL_PATH_HELPER_IMAGE } from '../../src/local-path/limits';
import { NfsServer } from '../../src/nfs/server/nfs-server';
import { ShareCheck } from '../../src/workloads/share-check';
import { SHARE_CHECK_IMAGE, type ShareCheckProps } from '../../src/workloads/share-check-props';
import { SHARE_CHECK_SCRIPT } from '../../src/workloads/share-check-script';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt, valueAt } from '../support/json';
import { brokenControls } from '../support/pod-security';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';
import { nfsVolume, uploadApp } from './upload-app';

type Props = Partial<ShareCheckProps>;

function jobOf(props: Props | ((chart: Chart) => Props) = {}): RenderedObject {
  const objects = chartObjects((chart) => {
    const given = typeof props === 'function' ? props(chart) : props;
    new ShareCheck(chart, 'check', { ...given, claim: given.claim ?? nfsVolume(chart) });
  });
  expect(checkObjects(objects)).toEqual([]);
  return objectOf(objects, 'Job');
}

function podOf(props?: Parameters<typeof jobOf>[0]) {
  return objectAt(jobOf(props), 'spec', 'template', 'spec');
}

function containerOf(props?: Parameters<typeof jobOf>[0]) {
  return objectAt(listAt(podOf(props), 'containers')[0]);
}

function refused(props: object, chartProps: object = { namespace: 'shop' }): string {
  const chart = new Chart(new App(), 'shop', chartProps);
  const { code, message } = refusal(
    () => new ShareCheck(chart, 'check', { claim: nfsVolume(chart), ...props } as ShareCheckProps),
  );
  return `${code} ${message}`;
}

/** A claim on an export whose files all belong to one user. */
function squashed(chart: Chart) {
  const server = new NfsServer(chart, 'files', {
    host: '172.26.1.10',
    exports: {
      uploads: {
        path: '/srv/nfs/uploads',
        clients: ['172.26.0.0/16'],
        squash: 'all',
        anonUid: 1001,
        anonGid: 2001,
      },
    },
  });
  return server.export('uploads').volume(chart, 'uploads', { capacity: '10Gi' });
}

/** What Kubernetes makes of a command: third_party/forked/golang/expansion, Expand. */
function expanded(command: string, variables: Readonly<Record<string, string>>): string {
  return command.replace(/\$(\$|\(([^)]*)\))/g, (all, what: string, name: string) =>
    what === '$' ? '$' : (variables[name] ?? all),
  );
}

describe('a ShareCheck', () => {
  test('is a Job of two pods on two nodes, which Argo CD runs after each sync', () => {
    const { spec, ...job } = jobOf();
    const { template, ...rest } = objectAt(spec);
    expect(job).toEqual({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: {
        name: 'shop-check',
        namespace: 'shop',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s',
          'app.kubernetes.io/name': 'check',
          'app.kubernetes.io/part-of': 'shop',
        },
        annotations: {
          'argocd.argoproj.io/hook': 'PostSync',
          'argocd.argoproj.io/hook-delete-policy': 'HookSucceeded,BeforeHookCreation',
        },
      },
    });
    expect(rest).toEqual({
      completions: 2,
      parallelism: 2,
      completionMode: 'Indexed',
      backoffLimit: 1,
      activeDeadlineSeconds: 480,
    });
    const containers = listAt(template, 'spec', 'containers').map((container) => ({
      ...objectAt(container),
      command: 'below',
    }));
    expect({
      ...objectAt(template),
      spec: { ...objectAt(template, 'spec'), containers },
    }).toMatchInlineSnapshot(`
{
  "metadata": {
    "labels": {
      "app.kubernetes.io/managed-by": "cdk8s",
      "app.kubernetes.io/name": "check",
      "app.kubernetes.io/part-of": "shop",
    },
  },
  "spec": {
    "affinity": {
      "podAntiAffinity": {
        "requiredDuringSchedulingIgnoredDuringExecution": [
          {
            "labelSelector": {
              "matchLabels": {
                "app.kubernetes.io/name": "check",
                "app.kubernetes.io/part-of": "shop",
              },
            },
            "topologyKey": "kubernetes.io/hostname",
          },
        ],
      },
    },
    "automountServiceAccountToken": false,
    "containers": [
      {
        "command": "below",
        "env": [
          {
            "name": "SHARE",
            "value": "/share",
          },
          {
            "name": "OWNER",
            "value": "1000:1000",
          },
          {
            "name": "DEADLINE",
            "value": "180",
          },
          {
            "name": "RUN",
            "valueFrom": {
              "fieldRef": {
                "fieldPath": "metadata.labels['batch.kubernetes.io/controller-uid']",
              },
            },
          },
          {
            "name": "NODE",
            "valueFrom": {
              "fieldRef": {
                "fieldPath": "spec.nodeName",
              },
            },
          },
        ],
        "image": "docker.io/library/busybox:1.37.0",
        "imagePullPolicy": "IfNotPresent",
        "name": "check",
        "resources": {
          "requests": {
            "cpu": "10m",
            "memory": "16Mi",
          },
        },
        "securityContext": {
          "allowPrivilegeEscalation": false,
          "capabilities": {
            "drop": [
              "ALL",
            ],
          },
          "readOnlyRootFilesystem": true,
          "runAsNonRoot": true,
        },
        "terminationMessagePolicy": "FallbackToLogsOnError",
        "volumeMounts": [
          {
            "mountPath": "/share",
            "name": "pvc-shop-uploads",
          },
        ],
      },
    ],
    "restartPolicy": "Never",
    "securityContext": {
      "runAsGroup": 1000,
      "runAsNonRoot": true,
      "runAsUser": 1000,
      "seccompProfile": {
        "type": "RuntimeDefault",
      },
    },
    "terminationGracePeriodSeconds": 10,
    "volumes": [
      {
        "name": "pvc-shop-uploads",
        "persistentVolumeClaim": {
          "claimName": "shop-uploads",
        },
      },
    ],
  },
}
`);
    expect(containerOf().command).toEqual(['sh', '-c', SHARE_CHECK_SCRIPT]);
  });

  test('has pods that pass the restricted standard', () => {
    expect(brokenControls(podOf())).toEqual([]);
    expect(containerOf()).toMatchObject({ securityContext: { readOnlyRootFilesystem: true } });
    expect(podOf().automountServiceAccountToken).toBe(false);
  });

  test('has a script that Kubernetes leaves as it is', () => {
    const variables = Object.fromEntries(
      [...listAt(containerOf(), 'env').map((env) => String(valueAt(env, 'name'))), 'MOUNTS'].map(
        (name) => [name, 'changed'],
      ),
    );
    expect(Object.keys(variables)).toContain('RUN');
    expect(expanded('$(RUN) $$ $(ls)', variables)).toBe('changed $ $(ls)');
    expect(expanded(SHARE_CHECK_SCRIPT, variables)).toBe(SHARE_CHECK_SCRIPT);
  });

  test('has variables for all that its script reads', () => {
    const names = listAt(containerOf(), 'env').map((env) => valueAt(env, 'name'));
    const read = [...SHARE_CHECK_SCRIPT.matchAll(/\$\{?([A-Z_]+)/g)].map(([, name]) => name);
    // The Job controller gives the index, and the mounts are those of the system.
    expect([...new Set(read)].sort()).toEqual([...names, 'JOB_COMPLETION_INDEX', 'MOUNTS'].sort());
  });

  test('runs the busybox that other helpers run', () => {
    expect(SHARE_CHECK_IMAGE).toBe(LOCAL_PATH_HELPER_IMAGE);
  });

  test('knows its Job', () => {
    chartObjects((chart) => {
      const check = new ShareCheck(chart, 'check', { claim: nfsVolume(chart) });
      expect([check.jobName, check.job.name, check.job.kind]).toEqual([
        'shop-check',
        'shop-check',
        'Job',
      ]);
    });
  });

  test('stands beside the app whose claim it checks', () => {
    const objects = chartObjects((chart) => {
      const claim = nfsVolume(chart);
      uploadApp(chart, { uploads: { claim, mountPath: '/data' } });
      new ShareCheck(chart, 'check', { claim });
    });
    expect(checkObjects(objects)).toEqual([]);
    const ids = (object: RenderedObject) => {
      const { runAsUser, runAsGroup } = objectAt(
        object,
        'spec',
        'template',
        'spec',
        'securityContext',
      );
      return [runAsUser, runAsGroup];
    };
    expect(ids(objectOf(objects, 'Job'))).toEqual(ids(objectOf(objects, 'Deployment')));
  });

  test('runs once, and is left alone by Argo CD, without the hook', () => {
    expect(jobOf({ postSync: false }).metadata).not.toHaveProperty('annotations');
    expect(jobOf({ postSync: true })).toEqual(jobOf());
  });

  test.each([
    [10, 140],
    [3600, 7320],
  ])('waits %d seconds, and the Job %d', (deadlineSeconds, seconds) => {
    expect(jobOf({ deadlineSeconds }).spec).toMatchObject({ activeDeadlineSeconds: seconds });
    expect(containerOf({ deadlineSeconds }).env).toContainEqual({
      name: 'DEADLINE',
      value: `${deadlineSeconds}`,
    });
  });

  test('runs as the app does that it is told of', () => {
    const props = { runAsUser: 10000, runAsGroup: 4000, supplementalGroups: [5000] };
    expect(podOf(props).securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 10000,
      runAsGroup: 4000,
      supplementalGroups: [5000],
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(containerOf(props).env).toContainEqual({ name: 'OWNER', value: '10000:4000' });
  });

  test('runs as the user that an NFS server makes of all, as the app does', () => {
    const objects = chartObjects((chart) => {
      const claim = squashed(chart);
      uploadApp(chart, { uploads: { claim, mountPath: '/data' } });
      new ShareCheck(chart, 'check', { claim });
    });
    for (const kind of ['Job', 'Deployment']) {
      expect(objectAt(objectOf(objects, kind), 'spec', 'template', 'spec')).toMatchObject({
        securityContext: { runAsUser: 1001, runAsGroup: 2001 },
      });
    }
    const job = objectAt(objectOf(objects, 'Job'), 'spec', 'template', 'spec');
    expect(listAt(job, 'containers')[0]).toMatchObject({
      env: expect.arrayContaining([{ name: 'OWNER', value: '1001:2001' }]),
    });
  });

  test('fails as another user than the NFS server makes of all', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const claim = squashed(chart);
    expect(refusal(() => new ShareCheck(chart, 'check', { claim, runAsUser: 1000 }))).toEqual({
      code: 'VolumeOwner',
      path: 'shop/check',
      message:
        "shop/check: 'runAsUser' must be 1001, which claim 'shop-uploads' makes the owner of all that is written to it, got 1000; leave it out",
    });
  });

  test('runs as root for an app that has to', () => {
    const props = { runAsUser: 0, runAsGroup: 0, runAsNonRoot: false };
    expect(podOf(props).securityContext).toMatchObject({ runAsUser: 0, runAsNonRoot: false });
    expect(containerOf(props)).toMatchObject({ securityContext: { runAsNonRoot: false } });
    expect(containerOf(props).env).toContainEqual({ name: 'OWNER', value: '0:0' });
  });

  test('runs on nodes with labels', () => {
    expect(podOf({ nodeLabels: { type: 'worker' } }).affinity).toMatchObject({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'type', operator: 'In', values: ['worker'] }] },
          ],
        },
      },
      podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{}] },
    });
  });

  test('has image, credentials, resources, folder, name, namespace and labels as they are said', () => {
    const props: Props = {
      image: 'registry.example.com/busybox:1.37.0',
      imagePullSecrets: ['registry'],
      resources: { requests: { cpu: '50m' }, limits: { memory: '1024Mi' } },
      subPath: 'web/files',
      name: 'files',
      labels: { tier: 'check' },
    };
    const job = jobOf(props);
    expect(job.metadata).toMatchObject({ name: 'files', labels: { tier: 'check' } });
    expect(objectAt(job, 'spec', 'template', 'metadata')).toMatchObject({
      labels: { tier: 'check' },
    });
    expect(podOf(props).imagePullSecrets).toEqual([{ name: 'registry' }]);
    expect(containerOf(props)).toMatchObject({
      image: 'registry.example.com/busybox:1.37.0',
      resources: { requests: { cpu: '50m' }, limits: { memory: '1Gi' } },
      volumeMounts: [{ name: 'pvc-shop-uploads', mountPath: '/share', subPath: 'web/files' }],
    });
    const elsewhere = jobOf((chart) => ({
      namespace: 'web',
      claim: Claim.fromClaimName(chart, 'files', 'files', {
        accessMode: 'ReadWriteMany',
        namespace: 'web',
      }),
    }));
    expect(elsewhere.metadata.namespace).toBe('web');
  });

  test('takes a name whose pods have host names', () => {
    expect(jobOf({ name: 'x'.repeat(61) }).metadata.name).toHaveLength(61);
  });

  test.each<[object, string]>([
    [
      { name: 'x'.repeat(62) },
      `ShareCheckName shop/check: the name of the Job must be a DNS label (lower case letters, digits and '-') of at most 61 characters, got '${'x'.repeat(62)}'; set 'name'`,
    ],
    [
      { name: 'a.b' },
      "ShareCheckName shop/check: the name of the Job must be a DNS label (lower case letters, digits and '-') of at most 61 characters, got 'a.b'; set 'name'",
    ],
    [
      { deadlineSeconds: 9 },
      "PropType shop/check: 'deadlineSeconds' must be a whole number from 10 to 3600, got 9",
    ],
    [
      { deadlineSeconds: 3601 },
      "PropType shop/check: 'deadlineSeconds' must be a whole number from 10 to 3600, got 3601",
    ],
    [
      { image: 'busybox' },
      "ImageTag shop/check: 'image' must have a tag other than 'latest' or a digest, got 'busybox': replicas would run different code on the same files; name a version",
    ],
    [{ subPath: '../x' }, "SubPath shop/check: 'subPath' must not have '..' in it, got '../x'"],
    [
      { runAsUser: 0 },
      "RunAsRoot shop/check: 'runAsUser' must not be 0 while 'runAsNonRoot' holds, the kubelet would not start the container; set 'runAsNonRoot' to false for a process that must be root",
    ],
    [
      { resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } },
      "ResourceLimit shop/check: 'resources.limits.memory' must be at least the request (2Gi), got 1Gi",
    ],
    [
      { namespace: 'web' },
      "ClaimNamespace shop/check: claims must be in the app's namespace 'web', got claim 'shop-uploads' in 'shop'; pods find claims of their own namespace only",
    ],
    [
      { claim: 'uploads' },
      "PropType shop/check: 'claim' must be a claim, such as an NfsVolume, got 'uploads'",
    ],
    [
      { deadline: 60 },
      "PropUnknown shop/check: 'deadline' is no prop of ShareCheck; it takes 'claim', 'runAsUser', 'runAsGroup', 'supplementalGroups', 'runAsNonRoot', 'subPath', 'postSync', 'deadlineSeconds', 'nodeLabels', 'image', 'imagePullSecrets' or 'resources' and others",
    ],
  ])('fails with %j', (props, message) => {
    expect(refused(props)).toBe(message);
  });

  test('fails with a claim that one node can write, from plain JavaScript', () => {
    const chart = new Chart(new App(), 'shop', { namespace: 'shop' });
    const claim = Claim.fromClaimName(chart, 'disk', 'disk', { accessMode: 'ReadWriteOnce' });
    expect(
      refusal(() => new ShareCheck(chart, 'check', { claim } as unknown as ShareCheckProps)),
    ).toEqual({
      code: 'ClaimNotShared',
      path: 'shop/check',
      message:
        "shop/check: 'claim' must be ReadWriteMany and Filesystem, got claim 'disk' with ReadWriteOnce and Filesystem; replicas on other nodes could not write to it",
    });
  });
});
