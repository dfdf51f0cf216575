import { App } from 'cdk8s';
import { DynamicStorageChart } from './charts/dynamic';
import { LocalPathStorageChart } from './charts/local-path';
import { StaticStorageChart } from './charts/static';

const app = new App();
new StaticStorageChart(app, 'static');
new DynamicStorageChart(app, 'dynamic');
new LocalPathStorageChart(app, 'local-path');
app.synth();
