import { test } from '@playwright/test';
import { describeVisit, standAtBrowser } from '../journeys/visit.ts';

test.describe.configure({ mode: 'parallel' });
describeVisit('source', 'zh', (browser) => standAtBrowser(browser, { isInRealTime: true }));
describeVisit('source', 'en', (browser) => standAtBrowser(browser));
