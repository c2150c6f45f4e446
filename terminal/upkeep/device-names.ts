import type { Text } from '../../catalog/schema.ts';
import type { DeviceName } from '../../drivers/api.ts';

/** What each device is called on screens and reports; a new device adds its row here. */
export const DEVICE_NAMES: Readonly<Record<DeviceName, Text>> = {
  'card-reader': { zh: '身份证读卡器', en: 'Card reader' },
  'slip-printer': { zh: '回执打印机', en: 'Slip printer' },
  'a4-printer': { zh: 'A4 打印机', en: 'A4 printer' },
  'code-scanner': { zh: '扫码器', en: 'Code scanner' },
  'social-card-reader': { zh: '社保卡卡槽', en: 'Social security card slot' },
  'door-sensor': { zh: '柜门开关', en: 'Door sensor' },
  'light-sensor': { zh: '光线感应', en: 'Light sensor' },
  'presence-sensor': { zh: '人体感应', en: 'Presence sensor' },
  'audio-jack': { zh: '耳机孔', en: 'Audio jack' },
  'document-camera': { zh: '高拍仪', en: 'Document camera' },
  'face-camera': { zh: '人像摄像头', en: 'Face camera' },
  microphone: { zh: '话筒', en: 'Microphone' },
  proof: { zh: '人证核验', en: 'Identity proof' },
};
