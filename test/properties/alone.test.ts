import { ARGO_CD } from './argo-cd';
import { CHARTS } from './charts';
import { CLAIMS } from './claims';
import { EBS } from './ebs';
import { holdsAlone } from './holds';
import { LOCAL_PATH } from './local-path';
import { NFS } from './nfs';
import { WORKLOADS } from './workloads';

const SUBJECTS = [CLAIMS, EBS, NFS, LOCAL_PATH, WORKLOADS, ARGO_CD, CHARTS].flat();

it.each(SUBJECTS)(
  '$name is refused in one line, or renders what the API server takes, every time',
  (subject) => {
    holdsAlone(subject, 100);
  },
);
