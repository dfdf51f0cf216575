import { App, Chart } from 'cdk8s';
import { refusal } from '../support/refusal';
import { chartObjects, objectOf } from '../support/synth';
import { appObjects, nfsVolume, refusedApp, uploadApp } from './upload-app';

const OWN = {
  'app.kubernetes.io/name': 'web',
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'cdk8s',
};
const SELECTING = { 'app.kubernetes.io/name': 'web', 'app.kubernetes.io/part-of': 'shop' };

const EVERYTHING = {
  autoscale: { min: 2, max: 4, cpuPercent: 70 },
  ingress: { host: 'shop.example.com' },
} as const;

/** Where an app's objects select its pods. */
const SELECTORS = [
  ['Deployment', 'selector.matchLabels'],
  ['Service', 'selector'],
  ['PodDisruptionBudget', 'selector.matchLabels'],
] as const;

const OF_THE_APP = [
  'Deployment',
  'Service',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'Ingress',
];

describe('the labels of an app', () => {
  test('are the recommended ones, on every object and on the pods', () => {
    const objects = appObjects(EVERYTHING);
    for (const kind of OF_THE_APP) {
      expect(objectOf(objects, kind).metadata.labels).toEqual(OWN);
    }
    expect(objectOf(objects, 'Deployment').spec).toHaveProperty(
      'template.metadata.labels',
      expect.objectContaining(OWN),
    );
  });

  test('select by name and part-of', () => {
    const objects = appObjects(EVERYTHING);
    for (const [kind, field] of SELECTORS) {
      expect(objectOf(objects, kind).spec).toHaveProperty(field, SELECTING);
    }
  });

  test('can be added and replaced, and then select', () => {
    const labels = { team: 'files', 'app.kubernetes.io/name': 'upload' };
    const objects = appObjects({ ...EVERYTHING, labels });
    for (const kind of OF_THE_APP) {
      expect(objectOf(objects, kind).metadata.labels).toEqual({ ...OWN, ...labels });
    }
    for (const [kind, field] of SELECTORS) {
      expect(objectOf(objects, kind).spec).toHaveProperty(field, {
        ...SELECTING,
        'app.kubernetes.io/name': 'upload',
      });
    }
  });

  test('can be other ones that select, and are on the pods too', () => {
    const objects = appObjects({ ...EVERYTHING, selectorLabels: { role: 'upload' } });
    for (const [kind, field] of SELECTORS) {
      expect(objectOf(objects, kind).spec).toHaveProperty(field, { role: 'upload' });
    }
    expect(objectOf(objects, 'Deployment').spec).toHaveProperty(
      'template.metadata.labels',
      expect.objectContaining({ ...OWN, role: 'upload' }),
    );
  });

  test('of two apps do not meet', () => {
    const objects = chartObjects((chart) => {
      const uploads = { claim: nfsVolume(chart), mountPath: '/data' };
      uploadApp(chart, { uploads, name: 'web' }, 'web');
      uploadApp(chart, { uploads, name: 'worker' }, 'worker');
    });
    expect(objectOf(objects, 'Service', 'web').spec).toHaveProperty('selector', SELECTING);
    expect(objectOf(objects, 'Service', 'worker').spec).toHaveProperty('selector', {
      ...SELECTING,
      'app.kubernetes.io/name': 'worker',
    });
  });
});

describe('the labels of an app fail', () => {
  const OVERLAP =
    "'selectorLabels' must select no pod of another app, got role=upload of 'shop/worker', which the pods of 'shop/web' have too; give one of them labels of its own";

  test('where those that select by default are made empty', () => {
    const labels = { 'app.kubernetes.io/name': '', 'app.kubernetes.io/part-of': '' };
    expect(refusedApp({ labels })).toEqual({
      code: 'SelectorEmpty',
      path: 'shop/web',
      message:
        'shop/web: the labels by which the app finds its pods must not all be empty, got {"app.kubernetes.io/name":"","app.kubernetes.io/part-of":""}; set \'selectorLabels\'',
    });
  });

  test('where another app of the namespace selects by them', () => {
    expect(
      refusal(() =>
        chartObjects((chart) => {
          const uploads = { claim: nfsVolume(chart), mountPath: '/data' };
          const selectorLabels = { role: 'upload' };
          uploadApp(chart, { uploads, selectorLabels }, 'web');
          uploadApp(chart, { uploads, selectorLabels }, 'worker');
        }),
      ),
    ).toEqual({ code: 'SelectorOverlap', path: 'shop/worker', message: `shop/worker: ${OVERLAP}` });
  });

  test('where an app of another chart in the namespace selects by them', () => {
    const app = new App();
    const shop = new Chart(app, 'shop', { namespace: 'files' });
    const other = new Chart(app, 'other', { namespace: 'files' });
    const selectorLabels = { tier: 'a', role: 'upload' };
    uploadApp(shop, { selectorLabels });
    const claim = nfsVolume(other);
    expect(
      refusal(() =>
        uploadApp(other, {
          uploads: { claim, mountPath: '/data' },
          selectorLabels: { role: 'upload', tier: 'a' },
        }),
      ).message,
    ).toBe(
      "other/web: 'selectorLabels' must select no pod of another app, got role=upload,tier=a of 'other/web', which the pods of 'shop/web' have too; give one of them labels of its own",
    );
  });

  test('where its pods have what another app selects by, and more', () => {
    const shop = new Chart(new App(), 'shop', { namespace: 'files' });
    const uploads = { claim: nfsVolume(shop), mountPath: '/data' };
    uploadApp(shop, { uploads, selectorLabels: { role: 'upload' } }, 'web');
    expect(
      refusal(() => uploadApp(shop, { uploads, labels: { role: 'upload' } }, 'worker')),
    ).toEqual({
      code: 'SelectorOverlap',
      path: 'shop/worker',
      message:
        "shop/worker: 'selectorLabels' must select no pod of another app, got role=upload of 'shop/web', which the pods of 'shop/worker' have too; give one of them labels of its own",
    });
  });

  test('where it selects by what the pods of another app have, and more', () => {
    const shop = new Chart(new App(), 'shop', { namespace: 'files' });
    const uploads = { claim: nfsVolume(shop), mountPath: '/data' };
    uploadApp(shop, { uploads, labels: { role: 'upload' } }, 'web');
    expect(
      refusal(() => uploadApp(shop, { uploads, selectorLabels: { role: 'upload' } }, 'worker')),
    ).toMatchObject({ code: 'SelectorOverlap', path: 'shop/worker' });
  });

  test('not where an app of another namespace selects by them', () => {
    const app = new App();
    for (const namespace of ['blue', 'green']) {
      uploadApp(new Chart(app, namespace, { namespace }), { selectorLabels: { role: 'upload' } });
    }
    expect(() => app.synthYaml()).not.toThrow();
  });

  const LABELS =
    "labels: an object of strings by key, each at most 63 of letters, digits, '-', '_', '.'";

  test.each([
    [{ labels: { team: 1 } }, `'labels' must be ${LABELS}, got {"team":1}`],
    [{ labels: 'web' }, `'labels' must be ${LABELS}, got 'web'`],
    [
      { selectorLabels: {} },
      `'selectorLabels' must be ${LABELS}; at least one, and none of them empty, got {}`,
    ],
    [
      { selectorLabels: { role: 'a b' } },
      `'selectorLabels' must be ${LABELS}; at least one, and none of them empty, got {"role":"a b"}`,
    ],
    [
      { selectorLabels: { role: 'upload', type: '' } },
      `'selectorLabels' must be ${LABELS}; at least one, and none of them empty, got {"role":"upload","type":""}`,
    ],
    [
      { selectorLabels: { '-role': 'a' } },
      `'selectorLabels' must be ${LABELS}; at least one, and none of them empty, got {"-role":"a"}`,
    ],
  ])('as %j', (props, problem) => {
    expect(refusedApp(props)).toEqual({
      code: 'PropType',
      path: 'shop/web',
      message: `shop/web: ${problem}`,
    });
  });
});
