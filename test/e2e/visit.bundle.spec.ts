import { describeVisit, standAtBrowser } from '../journeys/visit.ts';

describeVisit('bundle', 'zh', (browser) => standAtBrowser(browser, { form: 'bundle' }));
