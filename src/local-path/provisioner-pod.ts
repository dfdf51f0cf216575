import type { Labels } from '../kube/label-selector';
import type { containerResources } from '../kube/resources';
import { LOCAL_PATH_NAMES, LOCAL_PATH_PROVISIONER } from './limits';
import { PROVISIONER_CONTAINER_SECURITY, PROVISIONER_POD_SECURITY } from './pod-security';

const CONFIG_FOLDER = '/etc/config/';
const HEALTH_PORT = 8080;

/** What differs from one provisioner to the next. */
export interface ProvisionerPod {
  readonly image: string;
  readonly labels: Labels;
  readonly serviceAccount: string;
  readonly configMap: string;
  readonly provisionerName: string;
  readonly resources: ReturnType<typeof containerResources>;
}

/** The pod of the provisioner; probes and variables are those of upstream's manifest. */
export function provisionerPod(pod: ProvisionerPod) {
  return {
    metadata: { labels: pod.labels },
    spec: {
      serviceAccountName: pod.serviceAccount,
      securityContext: PROVISIONER_POD_SECURITY,
      containers: [
        {
          name: 'local-path-provisioner',
          image: pod.image,
          imagePullPolicy: 'IfNotPresent',
          command: [
            ...['local-path-provisioner', '--debug', 'start'],
            ...['--config', `${CONFIG_FOLDER}config.json`],
            ...flags(pod),
          ],
          ports: [{ name: 'health', containerPort: HEALTH_PORT, protocol: 'TCP' }],
          startupProbe: {
            ...probe('/health'),
            initialDelaySeconds: 5,
            periodSeconds: 5,
            failureThreshold: 12,
          },
          livenessProbe: { ...probe('/health'), initialDelaySeconds: 10, periodSeconds: 10 },
          readinessProbe: { ...probe('/ready'), initialDelaySeconds: 5, periodSeconds: 5 },
          volumeMounts: [{ name: 'config-volume', mountPath: CONFIG_FOLDER }],
          env: [
            {
              name: 'POD_NAMESPACE',
              valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } },
            },
            // Without it a change of helperPod.yaml is not seen before a restart.
            { name: 'CONFIG_MOUNT_PATH', value: CONFIG_FOLDER },
            { name: 'HEALTH_PORT', value: `${HEALTH_PORT}` },
          ],
          resources: pod.resources,
          securityContext: PROVISIONER_CONTAINER_SECURITY,
        },
      ],
      volumes: [{ name: 'config-volume', configMap: { name: pod.configMap } }],
    },
  };
}

function probe(path: string) {
  return { httpGet: { path, port: 'health' } };
}

// What has its built-in name is not said, as upstream does not say it (main.go, StartCmd).
function flags({ provisionerName, serviceAccount, configMap }: ProvisionerPod): readonly string[] {
  return [
    ...flag('--provisioner-name', provisionerName, LOCAL_PATH_PROVISIONER),
    ...flag('--service-account-name', serviceAccount, LOCAL_PATH_NAMES.serviceAccount),
    ...flag('--configmap-name', configMap, LOCAL_PATH_NAMES.configMap),
  ];
}

function flag(name: string, value: string, builtIn: string): readonly string[] {
  return value === builtIn ? [] : [name, value];
}
