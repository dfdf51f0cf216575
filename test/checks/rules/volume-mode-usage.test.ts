import {
  claim,
  deployment,
  type TestObject,
  using,
  workload,
} from '../../planner/workload-cluster';
import { fixes, told } from '../told';

const ID = 'volume-mode-usage';
const BLOCK = claim('data', '', { volumeMode: 'Block' });
const FILES = claim('data', '');
const MOUNT = { volumeMounts: [{ name: 'data', mountPath: '/data' }] };
const DEVICE = { volumeDevices: [{ name: 'data', devicePath: '/dev/xvda' }] };

function container(use: TestObject): TestObject {
  return { name: 'app', image: 'nginx:1.27', ...use };
}

function web(use: TestObject): TestObject {
  return deployment(1, { ...using('data'), containers: [container(use)] });
}

it('tells a device that is mounted', () => {
  expect(told(ID, [BLOCK, web(MOUNT)])).toEqual([
    "error Deployment shop/web: container app of Deployment shop/web has claim shop/data, which is volumeMode Block, under volumeMounts: the pod does not start, with 'volume data has volumeMode Block, but is specified in volumeMounts'",
  ]);
  expect(fixes(ID, [BLOCK, web(MOUNT)])).toEqual([
    'put it under volumeDevices, with a devicePath, or set volumeMode: Filesystem on the claim',
  ]);
});

it('tells a file system that is taken as a device', () => {
  expect(told(ID, [FILES, web(DEVICE)])).toEqual([
    "error Deployment shop/web: container app of Deployment shop/web has claim shop/data, which is volumeMode Filesystem, under volumeDevices: the pod does not start, with 'volume data has volumeMode Filesystem, but is specified in volumeDevices'",
  ]);
  expect(fixes(ID, [FILES, web(DEVICE)])).toEqual([
    'put it under volumeMounts, with a mountPath, or set volumeMode: Block on the claim',
  ]);
});

it('takes claims that exist', () => {
  expect(told(ID, [web(MOUNT)], { existing: [BLOCK] })).toHaveLength(1);
});

it('looks at init containers', () => {
  const initContainers = [container(MOUNT)];
  expect(told(ID, [BLOCK, deployment(1, { ...using('data'), initContainers })])).toHaveLength(1);
});

it('looks at claim templates, of sets and of pods', () => {
  const template = { metadata: { name: 'data' }, spec: { volumeMode: 'Block' } };
  const pod = { containers: [container(MOUNT)] };
  const set = workload('StatefulSet', pod, { volumeClaimTemplates: [template] });
  expect(told(ID, [set])).toEqual([
    expect.stringContaining('has the claim template data, which is volumeMode Block, under'),
  ]);
  const volumes = [{ name: 'data', ephemeral: { volumeClaimTemplate: template } }];
  expect(told(ID, [deployment(1, { ...pod, volumes })])).toHaveLength(1);
  const files = { metadata: { name: 'data' }, spec: {} };
  expect(told(ID, [workload('StatefulSet', pod, { volumeClaimTemplates: [files] })])).toEqual([]);
});

describe('is silent', () => {
  it('where both agree', () => {
    expect(told(ID, [BLOCK, web(DEVICE)])).toEqual([]);
    expect(told(ID, [FILES, web(MOUNT)])).toEqual([]);
    expect(told(ID, [claim('data', '', { volumeMode: 'Filesystem' }), web(MOUNT)])).toEqual([]);
  });

  it('about a claim that is not in the input', () => {
    expect(told(ID, [web(DEVICE)])).toEqual([]);
  });

  it('about a mode that the API server refuses', () => {
    expect(told(ID, [claim('data', '', { volumeMode: 'Raw' }), web(DEVICE)])).toEqual([]);
  });

  it('about a volume that is no claim', () => {
    const volumes = [{ name: 'data', emptyDir: {} }];
    expect(told(ID, [FILES, deployment(1, { volumes, containers: [container(MOUNT)] })])).toEqual(
      [],
    );
  });
});
