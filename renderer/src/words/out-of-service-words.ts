/** What a machine says that cannot serve anybody. */
export const zhOutOfService = {
  'not-enrolled': '这台机器还没开通',
  store: '这台机器先停用',
  starting: '正在开机，请稍等',
  locked: '这台机器暂停使用',
  how: '要办事，请找代办员或打电话',
  startingHow: '一会儿就好，不用点什么',
  trying: '机器自己会一直试着恢复',
  lockedKept: '以前交的都还在，照样送',
};

export const enOutOfService: typeof zhOutOfService = {
  'not-enrolled': 'This machine is not in service yet',
  store: 'This machine is out of service',
  starting: 'Starting. Please wait',
  locked: 'This machine is closed for now',
  how: 'Please find the agent or call',
  startingHow: 'It takes a moment. There is nothing to touch',
  trying: 'The machine keeps trying by itself',
  lockedKept: 'What was handed in before is kept, and still goes out',
};
