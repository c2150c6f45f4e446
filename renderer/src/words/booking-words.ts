/** What the page of a kept case says of an appointment: asked for until the county's word came. */

export const zhBooking = {
  wish: '这是登记意向，还没约上',
  wishHow: '想要 {{when}}。工作人员会打电话商量',
  asked: '还没约上，等县里回话',
  askedHow: '想约 {{when}}。连着网一般几秒钟就有回话',
  booked: '约好了：{{when}}',
  bookedHow: '请按时来。来不了请打 {{phone}}，让给别人',
  arranging: '{{when}}刚被约走，还没约上',
  arrangingWish: '意向登记好了，还没约上',
  arrangingHow: '工作人员会打电话，商量别的时间',
  morning: '{{day}}上午',
  afternoon: '{{day}}下午',
} as const;

export const enBooking = {
  wish: 'A wish, not yet an appointment',
  wishHow: 'You asked for {{when}}. Staff will call you to settle it',
  asked: 'Not booked yet: waiting for the county',
  askedHow: 'You asked for {{when}}. With network the answer takes seconds',
  booked: 'Booked: {{when}}',
  bookedHow: 'Please be on time. If you cannot come, call {{phone}}',
  arranging: '{{when}} was just taken: not booked',
  arrangingWish: 'Your wish is noted: not booked yet',
  arrangingHow: 'Staff will call you to settle another time',
  morning: 'the morning of {{day}}',
  afternoon: 'the afternoon of {{day}}',
} as const;
