export { BOUNDARIES, type Boundary, type OnCall } from './calls/calls.js';
export type { Park, ParkRule } from './calls/parks.js';
export type { Clock } from './clock.js';
export type { Denial } from './denials.js';
export type { BindingName, BindingView, MediaBucketView } from './direct.js';
export { startEmulator } from './emulator.js';
export type { Emulator } from './emulator-object.js';
export type { Fault } from './faults/fault.js';
export { FAULT_KINDS, FAULTS, type FaultKind } from './faults/kinds.js';
export type { Match } from './faults/match.js';
export type { FaultRule } from './faults/rules.js';
export type { Delay, FaultSpec, ReplyName } from './faults/spec.js';
export type { JournalEntry } from './journal.js';
export { DEFAULT_LIMITS, type LimitOverrides, type Limits } from './limits.js';
export type { EmulatorOptions, Where } from './options.js';
export type { RamPolicy } from './ram/policy.js';
export type { Pair } from './state/links.js';
export type {
  AttachmentRecord,
  BindingRecord,
  BucketRule,
  DatasetRecord,
  Dated,
  FieldsUpdate,
  GoneRecord,
  JobRecord,
  MediaBucketRecord,
  MediaBucketType,
  ProjectRecord,
  RegionState,
  SettledState,
  State,
  Updated,
} from './state/records.js';
export { StateFileError } from './state/state-file.js';
export type { Statistics } from './statistics.js';
export type { Switch } from './switch-kinds.js';
export { SWITCH_NAMES, SWITCHES, type Switches, type SwitchName } from './switches.js';
export { type KeyPair, TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, TEST_ACCOUNT_ID } from './test-key.js';
