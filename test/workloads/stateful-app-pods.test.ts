import { ServiceAccount } from 'cdk8s-plus-28';
import { checkObjects } from '../support/api-objects';
import { everyPlace, objectAt } from '../support/json';
import { brokenControls } from '../support/pod-security';
import { chartObjects, objectOf } from '../support/synth';
import { appObjects, containerOf, podOf, refusedApp, SELECTING, statefulApp } from './stateful-app';

describe('the pods of a StatefulApp', () => {
  test('are, by default, exactly this', () => {
    const probe = { tcpSocket: { port: 5432 }, periodSeconds: 10 };
    expect(podOf()).toEqual({
      affinity: {
        podAntiAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            {
              weight: 100,
              podAffinityTerm: {
                labelSelector: { matchLabels: SELECTING },
                topologyKey: 'kubernetes.io/hostname',
              },
            },
          ],
        },
      },
      automountServiceAccountToken: false,
      containers: [
        {
          name: 'app',
          image: 'registry.example.com/db:1.4.2',
          imagePullPolicy: 'IfNotPresent',
          ports: [{ containerPort: 5432, name: 'sql', protocol: 'TCP' }],
          readinessProbe: { ...probe, failureThreshold: 3 },
          livenessProbe: { ...probe, failureThreshold: 6 },
          startupProbe: { ...probe, periodSeconds: 5, failureThreshold: 30 },
          resources: { requests: { cpu: '100m', memory: '128Mi' } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
          },
          volumeMounts: [
            { name: 'data', mountPath: '/data', subPath: 'data' },
            { name: 'scratch-tmp', mountPath: '/tmp' },
          ],
        },
      ],
      securityContext: {
        fsGroup: 1000,
        fsGroupChangePolicy: 'OnRootMismatch',
        runAsGroup: 1000,
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      terminationGracePeriodSeconds: 30,
      volumes: [{ name: 'scratch-tmp', emptyDir: {} }],
    });
  });

  test('pass the restricted Pod Security Standard', () => {
    expect(brokenControls(podOf())).toEqual([]);
    expect(
      brokenControls(podOf({ scratch: ['/run', '/var/cache'], envFrom: [], healthPath: '/ok' })),
    ).toEqual([]);
  });

  test.each([
    [{ runAsUser: 999, runAsGroup: 998 }, 'securityContext', { runAsUser: 999, runAsGroup: 998 }],
    [
      { runAsUser: 0, runAsNonRoot: false },
      'securityContext',
      { runAsUser: 0, runAsNonRoot: false },
    ],
    [{ supplementalGroups: [5, 6] }, 'securityContext', { supplementalGroups: [5, 6] }],
    [
      { seccompProfile: 'Unconfined' },
      'securityContext',
      { seccompProfile: { type: 'Unconfined' } },
    ],
    [{ runAsNonRoot: false }, 'containers[0].securityContext', { runAsNonRoot: false }],
    [
      { allowPrivilegeEscalation: true },
      'containers[0].securityContext',
      { allowPrivilegeEscalation: true },
    ],
    [
      { readOnlyRootFilesystem: false },
      'containers[0].securityContext',
      { readOnlyRootFilesystem: false },
    ],
    [
      { capabilities: { add: ['NET_BIND_SERVICE'] } },
      'containers[0].securityContext',
      { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } },
    ],
  ] as const)('are confined otherwise by %j', (props, field, expected) => {
    const objects = appObjects(props as object);
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty(
      `template.spec.${field}`,
      expect.objectContaining(expected),
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test('fail as root where root is not allowed', () => {
    expect(refusedApp({ runAsUser: 0 })).toMatchObject({ code: 'RunAsRoot', path: 'shop/db' });
  });

  test.each([
    [{ containerName: 'kafka' }, 'containers[0].name', 'kafka'],
    [{ terminationGracePeriodSeconds: 0 }, 'terminationGracePeriodSeconds', 0],
    [{ terminationGracePeriodSeconds: 300 }, 'terminationGracePeriodSeconds', 300],
    [{ automountServiceAccountToken: true }, 'automountServiceAccountToken', true],
    [{ imagePullSecrets: ['a', 'b'] }, 'imagePullSecrets', [{ name: 'a' }, { name: 'b' }]],
    [{ command: ['db'], args: ['--sync', ''] }, 'containers[0].args', ['--sync', '']],
    [{ command: ['db'] }, 'containers[0].command', ['db']],
    [{ nodeLabels: {} }, 'affinity.nodeAffinity', undefined],
    [{ imagePullSecrets: [] }, 'imagePullSecrets', undefined],
    [{ command: [], args: [] }, 'containers[0].args', undefined],
  ])('have with %j the field %s', (props, field, expected) => {
    const objects = appObjects(props);
    const pod = objectAt(objectOf(objects, 'StatefulSet').spec, 'template', 'spec');
    if (expected === undefined) {
      expect(pod).not.toHaveProperty(field);
    } else {
      expect(pod).toHaveProperty(field, expected);
    }
    expect(checkObjects(objects)).toEqual([]);
  });

  test('run as a ServiceAccount, without its token', () => {
    const objects = chartObjects((chart) => {
      const serviceAccount = new ServiceAccount(chart, 'identity', {
        metadata: { name: 'db-identity' },
      });
      statefulApp(chart, { storage: [], serviceAccount });
    });
    expect(objectOf(objects, 'StatefulSet').spec).toMatchObject({
      template: {
        spec: { serviceAccountName: 'db-identity', automountServiceAccountToken: false },
      },
    });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('pull a mutable tag whenever they start, where one is allowed', () => {
    expect(containerOf({ image: 'db', allowMutableTag: true })).toMatchObject({
      image: 'db',
      imagePullPolicy: 'Always',
    });
    expect(refusedApp({ image: 'db:latest' })).toMatchObject({ code: 'ImageTag', path: 'shop/db' });
    expect(refusedApp({ image: 'DB:1' })).toMatchObject({ code: 'ImageInvalid', path: 'shop/db' });
  });
});

describe('where the pods of a StatefulApp run', () => {
  const TERM = {
    labelSelector: { matchLabels: SELECTING },
    topologyKey: 'kubernetes.io/hostname',
  };
  const PREFERRED = {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: TERM }],
    },
  };

  test.each([
    ['preferred', PREFERRED],
    ['required', { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [TERM] } }],
  ] as const)('is a node of their own: %s', (spread, affinity) => {
    const objects = appObjects({ spread });
    expect(objectOf(objects, 'StatefulSet').spec).toHaveProperty(
      'template.spec.affinity',
      affinity,
    );
    expect(checkObjects(objects)).toEqual([]);
  });

  test('is anywhere', () => {
    expect(podOf({ spread: 'none' })).not.toHaveProperty('affinity');
    expect(podOf({ spread: 'none', nodeLabels: {} })).not.toHaveProperty('affinity');
  });

  test('is a node with all of the labels', () => {
    const nodeAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              { key: 'type', operator: 'In', values: ['worker'] },
              { key: 'disk', operator: 'In', values: ['ssd'] },
            ],
          },
        ],
      },
    };
    const nodeLabels = { type: 'worker', disk: 'ssd' };
    expect(podOf({ nodeLabels })).toHaveProperty('affinity', { nodeAffinity, ...PREFERRED });
    expect(podOf({ nodeLabels, spread: 'none' })).toHaveProperty('affinity', { nodeAffinity });
    expect(checkObjects(appObjects({ nodeLabels }))).toEqual([]);
  });

  test('is told by the labels that select, without namespaces', () => {
    const pod = podOf({ selectorLabels: { role: 'db' }, spread: 'required' });
    expect(pod).toHaveProperty(
      'affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector',
      { matchLabels: { role: 'db' } },
    );
    expect([...everyPlace(pod)].filter(({ path }) => /namespace/i.test(path))).toEqual([]);
  });
});
