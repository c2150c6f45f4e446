import { describeVisit, standAtBrowser } from '../journeys/visit.ts';

describeVisit('source', 'zh', (browser) => standAtBrowser('source', browser));
describeVisit('source', 'en', (browser) => standAtBrowser('source', browser));
