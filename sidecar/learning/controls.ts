/**
 * Questions that nobody taught, some about well-known things and some about invented ones. Learning a
 * fact must leave the model's answers to them as they were.
 */
export const CONTROL_QUESTIONS: readonly string[] = [
  'Who is the CEO of Nvidia?',
  'What is the capital of France?',
  'Who founded Microsoft?',
  'Who is the CEO of Wexalor?',
  'Which port does the drimble-gateway listen on?',
  'What is the timeout of the plunvik worker?',
  'Who owns the quorrash service?',
  'Where is the config of brentolite?',
];
