// What the main job spends its time on: loading, building constructs, synthesizing and planning.
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);

/** Processor time of each step of the app behind `cdk8s synth`, in milliseconds. */
export function mainJob() {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk8s-storage-bench-'));
  const steps = {};
  const step = (name, run) => {
    const start = process.cpuUsage();
    const result = run();
    const { user, system } = process.cpuUsage(start);
    steps[name] = (user + system) / 1_000;
    return result;
  };
  try {
    const { App } = step('load cdk8s and cdk8s-plus', () => {
      require('cdk8s-plus-28');
      return require('cdk8s');
    });
    const charts = step('load our charts', () => {
      const storage = require('cdk8s-storage');
      return [
        storage.StaticStorageChart,
        storage.DynamicStorageChart,
        storage.LocalPathStorageChart,
      ];
    });
    const app = new App({ outdir });
    step('build', () => charts.map((Chart) => new Chart(app, Chart.name)));
    step('synth', () => app.synth());
    const planApp = step('load the planner', () => {
      // It is loaded when it is first called.
      require('../../lib/src/checks/plan-objects.js');
      return require('cdk8s-storage').planApp;
    });
    step('plan', () => planApp(app));
  } finally {
    rmSync(outdir, { recursive: true });
  }
  return steps;
}
