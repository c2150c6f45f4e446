/** What pages say in passing, and what stands around an emergency notice. */

export const zhNotice = {
  offline: '没有网络，多数事照样能办',
  problem: '请看一下',
  notDone: '刚才那一下没办成',
  result: { title: '办好以后的样子', picture: '办好以后拍的照片' },
  urgent: {
    tag: '紧急通知',
    know: '知道了',
    goesOn: '填好的都在，按“知道了”接着办',
    stillServed: '要办事的，照样放身份证',
    agentKnow: '知道了，村里收到了',
    agentHow: '按下去，镇里、县里就知道村里收到了',
    said: '镇里、县里知道村里收到了',
    report: '报村里情况',
    reportAgain: '有变化，再报一次',
    reportHow: '进水没有、转移几个人、要什么帮忙',
    later: '以后再报',
    reported: '{{when}} 报过了',
    kept: '机器已收下，有网了最先送出去',
    delivered: '县里已收到',
    notReported: '还没报村里情况',
  },
} as const;

export const enNotice = {
  offline: 'No network. Most things can still be done',
  problem: 'Please look at this',
  notDone: 'That last tap did nothing',
  result: { title: 'How it looks now', picture: 'A photograph taken afterwards' },
  urgent: {
    tag: 'Emergency',
    know: 'I have read it',
    goesOn: 'What you filled in is still there',
    stillServed: 'To do something else, place your ID card',
    agentKnow: 'Read: our village has it',
    agentHow: 'Town and county then know that the village has it',
    said: 'Town and county will know that the village has it',
    report: 'Say how things stand',
    reportAgain: 'Something changed: say so',
    reportHow: 'Flooding, people moved, help needed',
    later: 'Later',
    reported: 'Said at {{when}}',
    kept: 'Kept here; it goes first once there is network',
    delivered: 'The county has it',
    notReported: 'Nothing said yet of how things stand',
  },
} as const;
