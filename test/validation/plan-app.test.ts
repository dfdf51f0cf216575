import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { assertStorage, NfsVolume, planApp } from '../../src';
import { refusal } from '../support/refusal';

let outdir: string;
let app: App;
let chart: Chart;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'cdk8s-storage-plan-app-'));
  app = new App({ outdir });
  chart = new Chart(app, 'shop', { namespace: 'shop' });
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
});

function good(): void {
  new NfsVolume(chart, 'uploads', {
    server: '10.0.0.10',
    path: '/exports/uploads',
    capacity: '10Gi',
  });
}

/** A pod that names its node, and so waits for its claim for ever. */
function bad(id = 'writer'): void {
  new ApiObject(chart, `${id}-class`, {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: id },
    provisioner: 'rancher.io/local-path',
    volumeBindingMode: 'WaitForFirstConsumer',
  });
  new ApiObject(chart, `${id}-claim`, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: id, namespace: 'shop' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: id,
      resources: { requests: { storage: '1Gi' } },
    },
  });
  new ApiObject(chart, id, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: id, namespace: 'shop' },
    spec: {
      nodeName: 'node-1',
      containers: [{ name: 'app', image: 'registry.example.com/app:1.0.0' }],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: id } }],
    },
  });
}

describe('planApp', () => {
  it('says what the claims of an app bind to', () => {
    good();
    const { claims, findings } = planApp(app);
    expect(claims.map(({ claim, outcomes, volumes }) => ({ claim, outcomes, volumes }))).toEqual([
      { claim: 'shop/shop-uploads', outcomes: ['bound'], volumes: ['shop-shop-uploads'] },
    ]);
    expect(findings).toEqual([]);
  });

  it('names the construct of a finding', () => {
    bad();
    const [finding] = planApp(app).findings.filter(({ severity }) => severity === 'error');
    expect(finding).toMatchObject({ rule: 'wffc-nodename', construct: 'shop/writer' });
    expect(finding).not.toHaveProperty('file');
  });

  it('writes nothing, and leaves the app as it is', () => {
    good();
    const before = JSON.stringify(chart.toJson());
    planApp(app);
    expect(JSON.stringify(chart.toJson())).toBe(before);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('takes the options of a plan, and refuses others', () => {
    bad();
    const { findings } = planApp(app, { ignore: ['wffc-nodename'] });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(refusal(() => planApp(app, { ignore: ['wffc-nodenam'] })).message).toMatch(
      /^'ignore\[0\]' must be the id of a rule, got 'wffc-nodenam'; did you mean 'wffc-nodename'\?$/,
    );
    expect(refusal(() => planApp(app, { kubernetes: '1.20' as never })).message).toMatch(
      /^'kubernetes' must be '1\.28', .* or '1\.36', got '1\.20'/,
    );
  });
});

describe('assertStorage', () => {
  it('lets an app be synthesized in which nothing is wrong', () => {
    good();
    assertStorage(app);
    app.synth();
    expect(readdirSync(outdir)).toEqual(['shop.k8s.yaml']);
    expect(app.synthYaml()).toMatch(/^apiVersion/);
  });

  it('makes synth fail with one line, and nothing is written', () => {
    assertStorage(app);
    bad();
    expect(refusal(() => app.synth())).toEqual({
      code: 'StoragePlan',
      path: 'shop/writer',
      message:
        'shop/writer: the pod names node "node-1", past the scheduler, which alone could bind PersistentVolumeClaim shop/writer of class "writer": waiting for first consumer to be created before binding; replace nodeName by nodeSelector { kubernetes.io/hostname: node-1 } (wffc-nodename)',
    });
    expect(refusal(() => app.synthYaml()).code).toBe('StoragePlan');
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('says where else something is wrong', () => {
    assertStorage(app);
    bad('writer');
    bad('reader');
    expect(refusal(() => app.synth()).message).toMatch(
      /\(wffc-nodename\); and 1 more: wffc-nodename at shop\/reader$/,
    );
  });

  it('leaves warnings and info to those who look', () => {
    assertStorage(app);
    new ApiObject(chart, 'old', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: 'old',
        namespace: 'shop',
        annotations: { 'volume.beta.kubernetes.io/storage-class': 'slow' },
      },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    });
    expect(planApp(app).findings.map(({ severity }) => severity)).toContain('warning');
    app.synth();
    expect(readdirSync(outdir)).toEqual(['shop.k8s.yaml']);
  });
});
