import { describeVisit } from '../journeys/visit.ts';

describeVisit('source', 'zh');
describeVisit('source', 'en');
