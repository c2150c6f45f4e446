import { test } from '@playwright/test';
import { crashDevices } from '../journeys/devices-crash.ts';
import { type Here, inOneVillage } from '../journeys/visit.ts';

let here: Here;
inOneVillage(
  'crash-bundle',
  (opened) => {
    here = opened;
  },
  { form: 'bundle' },
);

test('a devices process that dies leaves the page and the half-filled matter alone, and is back', () =>
  crashDevices(here));
