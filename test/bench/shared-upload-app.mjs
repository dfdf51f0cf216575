// SharedUploadApps against the same workload written by hand with cdk8s-plus.
import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import {
  Capability,
  Cpu,
  Deployment,
  DeploymentStrategy,
  ImagePullPolicy,
  LabelSelector,
  PercentOrAbsolute,
  PersistentVolumeClaim,
  Pods,
  Probe,
  Protocol,
  Service,
  Topology,
  Volume,
} from 'cdk8s-plus-28';
import { Claim, SharedUploadApp } from 'cdk8s-storage';
import { Construct } from 'constructs';

const IMAGE = 'registry.example.com/shop:1.4.2';
const PORT = 8080;
const CONTAINER = 'app';
const CLAIM = 'uploads';

export const sharedUploadApp = {
  file: import.meta.url,
  name: 'SharedUploadApp',
  bound: 1.15,
  // cdk8s-plus writes an empty list, which the API server drops.
  compared: (yaml) => yaml.replaceAll('  externalIPs: []\n', ''),
  ours(count) {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const claim = Claim.fromClaimName(chart, 'files', CLAIM, { accessMode: 'ReadWriteMany' });
    for (let index = 0; index < count; index += 1) {
      new SharedUploadApp(chart, `web-${index}`, {
        containerName: CONTAINER,
        image: IMAGE,
        port: PORT,
        replicas: 3,
        uploads: { claim, mountPath: '/data' },
      });
    }
    return app.synthYaml();
  },
  plain(count) {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const claim = PersistentVolumeClaim.fromClaimName(chart, 'files', CLAIM);
    const files = Volume.fromPersistentVolumeClaim(chart, 'volume', claim);
    for (let index = 0; index < count; index += 1) {
      new HandWritten(chart, `web-${index}`, files);
    }
    return app.synthYaml();
  },
};

// The ids are those of a SharedUploadApp, and so are the names that cdk8s makes of them.
class HandWritten extends Construct {
  constructor(scope, id, files) {
    super(scope, id);
    const selector = {
      'app.kubernetes.io/name': id,
      'app.kubernetes.io/part-of': 'shop',
    };
    const labels = { ...selector, 'app.kubernetes.io/managed-by': 'cdk8s' };
    const metadata = { labels };

    const deployment = new Deployment(this, 'Deployment', {
      metadata,
      podMetadata: { labels: { ...labels } },
      select: false,
      replicas: 3,
      strategy: DeploymentStrategy.rollingUpdate({
        maxSurge: PercentOrAbsolute.percent(25),
        maxUnavailable: PercentOrAbsolute.absolute(0),
      }),
      automountServiceAccountToken: false,
      securityContext: { ensureNonRoot: true, user: 1000, group: 1000 },
    });
    deployment.select(LabelSelector.of({ labels: { ...selector } }));
    const container = deployment.addContainer({
      name: CONTAINER,
      image: IMAGE,
      imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
      ports: [{ number: PORT, protocol: Protocol.TCP, name: 'http' }],
      readiness: probe(10, 3),
      liveness: probe(10, 6),
      startup: probe(5, 30),
      resources: { cpu: { request: Cpu.millis(100) }, memory: { request: Size.mebibytes(128) } },
      securityContext: {
        ensureNonRoot: true,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: [Capability.ALL] },
      },
    });
    container.mount('/data', files);
    container.mount('/tmp', Volume.fromEmptyDir(deployment, 'tmp', 'scratch-tmp'));
    deployment.scheduling.separate(
      Pods.select(deployment, 'Replicas', { labels: { ...selector } }),
      { topology: Topology.HOSTNAME, weight: 100 },
    );
    // cdk8s-plus has no seccomp profile and no fsGroup policy to leave out.
    ApiObject.of(deployment).addJsonPatch(
      JsonPatch.replace('/spec/template/spec/securityContext', {
        runAsGroup: 1000,
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      }),
    );

    const service = new Service(this, 'Service', {
      metadata,
      ports: [{ port: PORT, targetPort: PORT, protocol: Protocol.TCP, name: 'http' }],
    });
    for (const [key, value] of Object.entries(selector)) {
      service.selectLabel(key, value);
    }
    new ApiObject(this, 'DisruptionBudget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector: { matchLabels: selector } },
    });
  }
}

function probe(seconds, failureThreshold) {
  return Probe.fromTcpSocket({
    port: PORT,
    periodSeconds: Duration.seconds(seconds),
    failureThreshold,
  });
}
