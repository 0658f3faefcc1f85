export { HttpProblem, isLost, isProblem, noAnswer, problemOf, type Violation } from '../../../client/problem.ts'
