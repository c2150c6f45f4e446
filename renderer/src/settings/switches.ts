/** What a person can set for their visit, as the rows of one page: a tap turns each on or off. */
import type { ScreenSettings, SettingsChange } from '../../../terminal/api.ts';
import type { IconName } from '../parts/icons.ts';

/** One row: what it is called in the string table, whether it is on, and what a tap changes. */
export interface Switch {
  readonly name: 'large' | 'double' | 'contrast' | 'low' | 'steady' | 'voice' | 'slow';
  readonly icon: IconName;
  /** It is of no use on a machine without clips. */
  readonly needsVoice?: true;
  isOn(settings: ScreenSettings): boolean;
  turn(on: boolean): SettingsChange;
}

/** In the order in which most people need them. */
export const SWITCHES: readonly Switch[] = [
  {
    name: 'large',
    icon: 'letters',
    isOn: ({ textSize }) => textSize === 'large',
    turn: (on) => ({ textSize: on ? 'large' : 'normal' }),
  },
  {
    name: 'double',
    icon: 'letters',
    isOn: ({ textSize }) => textSize === 'double',
    turn: (on) => ({ textSize: on ? 'double' : 'normal' }),
  },
  {
    name: 'voice',
    icon: 'sound',
    needsVoice: true,
    isOn: ({ voice }) => voice === 'on',
    turn: (on) => ({ voice: on ? 'on' : 'off' }),
  },
  {
    name: 'slow',
    icon: 'clock',
    needsVoice: true,
    isOn: ({ voiceSpeed }) => voiceSpeed === 'slow',
    turn: (on) => ({ voiceSpeed: on ? 'slow' : 'normal' }),
  },
  {
    name: 'contrast',
    icon: 'contrast',
    isOn: ({ contrast }) => contrast === 'high',
    turn: (on) => ({ contrast: on ? 'high' : 'normal' }),
  },
  {
    name: 'low',
    icon: 'lower',
    isOn: ({ reach }) => reach === 'low',
    turn: (on) => ({ reach: on ? 'low' : 'full' }),
  },
  {
    name: 'steady',
    icon: 'touch',
    isOn: ({ touch }) => touch === 'steady',
    turn: (on) => ({ touch: on ? 'steady' : 'normal' }),
  },
];
