/** Whether this is `npm run test:full`: what takes long is done whole in it, and else in its corners. */
export const IS_FULL = process.env.PULUMI_ALICLOUD_MEDIA_FULL_TESTS === 'true';
