/** What the screens say to whoever wants to be called by the agent. */

export const zhCallWish = {
  ask: '请代办员打电话给我',
  how: '留个电话，两个工作日里打给您',
  noted: '已经记下了，会打给您',
} as const;

export const enCallWish = {
  ask: 'Ask the agent to call me',
  how: 'Leave a number; you are called within two working days',
  noted: 'Noted: you will be called',
} as const;
