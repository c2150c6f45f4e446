import { describeVisit } from '../journeys/visit.ts';

describeVisit('bundle', 'zh');
