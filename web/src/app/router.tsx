import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { takeResetToken } from '../auth/reset-token.ts'
import { onlyAdmins, onlyGuests, onlySignedIn, onlyStaff } from '../auth/guards.ts'
import { CataloguePage } from '../shop/catalogue-page.tsx'
import { readBoardSearch } from '../board/search.ts'
import { readAccountSearch } from './account-search.ts'
import { Crashed } from './crashed.tsx'
import { NotFound } from './not-found.tsx'
import { readDeliverySearch, readMessageSearch } from './operator-search.ts'
import { readNext, readOrderSearch, readReturnSearch, readShopSearch } from './search.ts'
import { Shell } from './shell.tsx'
import { readAuditSearch, readClockSearch, readFiguresSearch, readLetterSearch } from './staff-search.ts'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Crashed })
const under = { getParentRoute: () => root }

const shop = createRoute({ ...under, path: '/', validateSearch: readShopSearch, component: CataloguePage })
const signIn = createRoute({
  ...under,
  path: '/sign-in',
  validateSearch: readNext,
  beforeLoad: onlyGuests,
  component: lazyRouteComponent(() => import('../auth/sign-in-page.tsx'), 'SignInPage'),
})
const register = createRoute({
  ...under,
  path: '/register',
  validateSearch: readNext,
  beforeLoad: onlyGuests,
  component: lazyRouteComponent(() => import('../auth/register-page.tsx'), 'RegisterPage'),
})
const forgotPassword = createRoute({
  ...under,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('../auth/forgot-password-page.tsx'), 'ForgotPasswordPage'),
})
const resetPassword = createRoute({
  ...under,
  path: '/reset-password',
  beforeLoad: takeResetToken,
  component: lazyRouteComponent(() => import('../auth/reset-password-page.tsx'), 'ResetPasswordPage'),
})
const account = createRoute({
  ...under,
  path: '/account',
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('../me/account-page.tsx'), 'AccountPage'),
})
const cart = createRoute({
  ...under,
  path: '/cart',
  component: lazyRouteComponent(() => import('../cart/cart-page.tsx'), 'CartPage'),
})
const checkout = createRoute({
  ...under,
  path: '/checkout',
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('../checkout/checkout-page.tsx'), 'CheckoutPage'),
})
const orders = createRoute({
  ...under,
  path: '/orders',
  validateSearch: readOrderSearch,
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('../orders/my-orders-page.tsx'), 'MyOrdersPage'),
})
const order = createRoute({
  ...under,
  path: '/orders/$orderId',
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('../orders/order-page.tsx'), 'OrderPage'),
})
const scenarios = createRoute({
  ...under,
  path: '/scenarios',
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('../scenarios/scenarios-page.tsx'), 'ScenariosPage'),
})
const staffAccounts = createRoute({
  ...under,
  path: '/staff/accounts',
  validateSearch: readAccountSearch,
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../accounts/accounts-page.tsx'), 'AccountsPage'),
})
const staffPrograms = createRoute({
  ...under,
  path: '/staff/programs',
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../programs/programs-page.tsx'), 'ProgramsPage'),
})
const staffMailbox = createRoute({
  ...under,
  path: '/staff/mailbox',
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../accounts/mailbox-page.tsx'), 'MailboxPage'),
})
const staffOrders = createRoute({
  ...under,
  path: '/staff/orders',
  validateSearch: readBoardSearch,
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../staff/staff-orders-page.tsx'), 'StaffOrdersPage'),
})
const orderClock = createRoute({
  ...under,
  path: '/staff/orders/$orderId/clock',
  validateSearch: readClockSearch,
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../clock/clock-page.tsx'), 'ClockPage'),
})
const staffReturns = createRoute({
  ...under,
  path: '/staff/returns',
  validateSearch: readReturnSearch,
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../staff/staff-returns-page.tsx'), 'StaffReturnsPage'),
})
const staffProducts = createRoute({
  ...under,
  path: '/staff/products',
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../staff/staff-products-page.tsx'), 'StaffProductsPage'),
})
const deadLetters = createRoute({
  ...under,
  path: '/staff/dead-letters',
  validateSearch: readLetterSearch,
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../dead-letters/letters-page.tsx'), 'LettersPage'),
})
const deadLetter = createRoute({
  ...under,
  path: '/staff/dead-letters/$id',
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../dead-letters/letter-page.tsx'), 'LetterPage'),
})
const consumers = createRoute({
  ...under,
  path: '/staff/consumers',
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../operations/consumers-page.tsx'), 'ConsumersPage'),
})
const figures = createRoute({
  ...under,
  path: '/staff/figures',
  validateSearch: readFiguresSearch,
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../figures/figures-page.tsx'), 'FiguresPage'),
})
const checks = createRoute({
  ...under,
  path: '/staff/checks',
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../checks/checks-page.tsx'), 'ChecksPage'),
})
const drills = createRoute({
  ...under,
  path: '/staff/drills',
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../drills/drills-page.tsx'), 'DrillsPage'),
})
const notifications = createRoute({
  ...under,
  path: '/staff/notifications',
  validateSearch: readMessageSearch,
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../notifications/notifications-page.tsx'), 'NotificationsPage'),
})
const staffWebhooks = createRoute({
  ...under,
  path: '/staff/webhooks',
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../webhooks/endpoints-page.tsx'), 'StaffEndpointsPage'),
})
const staffWebhook = createRoute({
  ...under,
  path: '/staff/webhooks/$id',
  validateSearch: readDeliverySearch,
  beforeLoad: onlyStaff,
  component: lazyRouteComponent(() => import('../webhooks/endpoint-page.tsx'), 'StaffEndpointPage'),
})
const myWebhooks = createRoute({
  ...under,
  path: '/webhooks',
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('../webhooks/endpoints-page.tsx'), 'MyEndpointsPage'),
})
const myWebhook = createRoute({
  ...under,
  path: '/webhooks/$id',
  validateSearch: readDeliverySearch,
  beforeLoad: onlySignedIn,
  component: lazyRouteComponent(() => import('../webhooks/endpoint-page.tsx'), 'MyEndpointPage'),
})
const audit = createRoute({
  ...under,
  path: '/staff/audit',
  validateSearch: readAuditSearch,
  beforeLoad: onlyAdmins,
  component: lazyRouteComponent(() => import('../operations/audit-page.tsx'), 'AuditPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    shop,
    signIn,
    register,
    forgotPassword,
    resetPassword,
    account,
    cart,
    checkout,
    orders,
    order,
    scenarios,
    staffAccounts,
    staffPrograms,
    staffMailbox,
    staffOrders,
    orderClock,
    staffReturns,
    staffProducts,
    deadLetters,
    deadLetter,
    consumers,
    figures,
    checks,
    drills,
    notifications,
    staffWebhooks,
    staffWebhook,
    myWebhooks,
    myWebhook,
    audit,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  // eslint-disable-next-line typescript/consistent-type-definitions -- the router is told its types by merging
  interface Register {
    router: typeof router
  }
}
