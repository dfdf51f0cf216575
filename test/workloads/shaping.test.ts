import { ApiObject, type Chart, JsonPatch } from 'cdk8s';
import { ConfigMap, EnvValue, Volume } from 'cdk8s-plus-28';
import type { SharedUploadApp } from '../../src/workloads/shared-upload-app';
import { checkObjects } from '../support/api-objects';
import { listAt, objectAt, valueAt } from '../support/json';
import { chartObjects, objectOf, type RenderedObject } from '../support/synth';
import { uploadApp } from './upload-app';

/** What an app renders that its user has shaped further. */
function shaped(shape: (app: SharedUploadApp, chart: Chart) => void): readonly RenderedObject[] {
  return chartObjects((chart) => {
    shape(uploadApp(chart, { imagePullSecrets: ['registry'] }), chart);
  });
}

function podOf(objects: readonly RenderedObject[]): unknown {
  return objectAt(objectOf(objects, 'Deployment').spec, 'template', 'spec');
}

describe('the user of an app', () => {
  test('adds a sidecar, which leaves the app’s container as it is', () => {
    const objects = shaped(({ deployment }) => {
      deployment.addContainer({ name: 'log', image: 'busybox:1.37', args: ['tail'] });
    });
    const [app, log] = listAt(podOf(objects), 'containers');
    expect(app).toMatchObject({
      name: 'app',
      resources: { requests: { cpu: '100m', memory: '128Mi' } },
    });
    expect(log).toMatchObject({ name: 'log', image: 'busybox:1.37', args: ['tail'] });
    expect(objectOf(objects, 'Deployment').spec).toHaveProperty('replicas', 2);
    expect(podOf(objects)).toHaveProperty('securityContext.runAsUser', 1000);
    expect(podOf(objects)).toHaveProperty('imagePullSecrets', [{ name: 'registry' }]);
  });

  test('adds a container that prepares the uploads', () => {
    const objects = chartObjects((chart) => {
      const app = uploadApp(chart);
      const [uploads] = app.container.mounts;
      const prepare = app.deployment.addInitContainer({ name: 'prepare', image: 'busybox:1.37' });
      prepare.mount('/data', uploads?.volume as Volume);
    });
    expect(valueAt(podOf(objects), 'initContainers')).toMatchObject([
      { name: 'prepare', volumeMounts: [{ mountPath: '/data', name: 'pvc-shop-uploads' }] },
    ]);
    expect(listAt(podOf(objects), 'volumes')).toHaveLength(2);
    expect(
      checkObjects(objects).filter((problem) => !problem.includes('no canonical quantity')),
    ).toEqual([]);
  });

  test('patches the Deployment and the Service', () => {
    const objects = shaped(({ deployment, service }) => {
      ApiObject.of(deployment).addJsonPatch(
        JsonPatch.add('/spec/revisionHistoryLimit', 3),
        JsonPatch.add('/spec/template/spec/priorityClassName', 'high'),
        JsonPatch.replace('/spec/template/spec/containers/0/resources/requests/cpu', {
          value: '250m',
        }),
      );
      ApiObject.of(service).addJsonPatch(
        JsonPatch.add('/spec/externalTrafficPolicy', 'Local'),
        JsonPatch.add('/metadata/annotations', { 'example.com/pool': 'a' }),
      );
    });
    expect(objectOf(objects, 'Deployment').spec).toMatchObject({
      revisionHistoryLimit: 3,
      template: { spec: { priorityClassName: 'high' } },
    });
    expect(podOf(objects)).toHaveProperty('containers', [
      expect.objectContaining({ resources: { requests: { cpu: '250m', memory: '128Mi' } } }),
    ]);
    expect(objectOf(objects, 'Service').spec).toHaveProperty('externalTrafficPolicy', 'Local');
    expect(objectOf(objects, 'Service').metadata.annotations).toEqual({ 'example.com/pool': 'a' });
    expect(checkObjects(objects)).toEqual([]);
  });

  test('adds annotations, variables, mounts and ports', () => {
    const objects = shaped(({ deployment, service, container }, chart) => {
      deployment.podMetadata.addAnnotation('prometheus.io/scrape', 'true');
      deployment.metadata.addAnnotation('example.com/owner', 'files');
      service.metadata.addAnnotation('example.com/internal', 'true');
      container.env.addVariable('MODE', EnvValue.fromValue('fast'));
      container.mount(
        '/etc/shop',
        Volume.fromConfigMap(
          chart,
          'config-volume',
          ConfigMap.fromConfigMapName(chart, 'config', 'shop-config'),
        ),
      );
      container.addPort({ number: 9090, name: 'metrics' });
      service.bind(9090, { name: 'metrics', targetPort: 9090 });
    });
    const deployment = objectOf(objects, 'Deployment');
    expect(deployment.metadata.annotations).toEqual({ 'example.com/owner': 'files' });
    expect(deployment.spec).toHaveProperty('template.metadata.annotations', {
      'prometheus.io/scrape': 'true',
    });
    const [app] = listAt(podOf(objects), 'containers');
    expect(app).toHaveProperty('env', [{ name: 'MODE', value: 'fast' }]);
    expect(app).toHaveProperty('ports[1].containerPort', 9090);
    expect(app).toHaveProperty(
      'volumeMounts',
      expect.arrayContaining([{ mountPath: '/etc/shop', name: 'configmap-shop-config' }]),
    );
    expect(objectOf(objects, 'Service').spec).toHaveProperty('ports[1].port', 9090);
    expect(checkObjects(objects)).toEqual([]);
  });

  test('writes a stricter strategy and another budget', () => {
    const objects = shaped(({ deployment, disruptionBudget }) => {
      ApiObject.of(deployment).addJsonPatch(
        JsonPatch.replace('/spec/strategy', { type: 'Recreate' }),
      );
      disruptionBudget?.addJsonPatch(JsonPatch.replace('/spec/maxUnavailable', '50%'));
    });
    expect(objectOf(objects, 'Deployment').spec).toHaveProperty('strategy', { type: 'Recreate' });
    expect(objectOf(objects, 'PodDisruptionBudget').spec).toHaveProperty('maxUnavailable', '50%');
  });
});
