import type { View } from '../../../terminal/api.ts';

/** A camera as the cabinet names it. */
export type NamedCamera = NonNullable<View['cabinet']>['cameras'][number];

/** Chromium's label of a USB camera: what it calls itself, then maker and product. */
const USB_LABEL = /^(?<label>.*?)(?: \((?<usb>[0-9a-f]{4}:[0-9a-f]{4})\))?$/;

/**
 * Which of the cameras with these labels is the named one: what is said of it must all fit, and fit one alone. With
 * two alike nobody could say which is meant, so neither is opened.
 */
export function findNamed<T extends { readonly label: string }>(
  { usb, label }: Pick<NamedCamera, 'usb' | 'label'>,
  present: readonly T[],
): T | undefined {
  const fitting = present.filter((camera) => {
    const parts = USB_LABEL.exec(camera.label)?.groups;
    const fitsLabel = label === null || label === parts?.label || label === camera.label;
    return camera.label !== '' && fitsLabel && (usb === null || usb === parts?.usb);
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}
