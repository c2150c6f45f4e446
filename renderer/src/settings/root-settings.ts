import type { ScreenSettings } from '../../../terminal/api.ts';

/** Makes the tokens follow how the screen is set; `element` is the root of the document. */
export function setRootSettings({ dataset }: HTMLElement, settings: ScreenSettings): void {
  dataset.textSize = settings.textSize;
  dataset.contrast = settings.contrast;
  dataset.reach = settings.reach;
}
