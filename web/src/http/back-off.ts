export { sleep } from '../../../client/back-off.ts'
