import { secureHeaders } from 'hono/secure-headers'

const common = { xFrameOptions: 'DENY', strictTransportSecurity: false, overwrite: false } as const

/** JSON answers are for programs: whatever a browser makes of them, it runs and embeds nothing. */
export const apiHeaders = secureHeaders({
  ...common,
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
})

/** Pages: everything from here, nothing from elsewhere. Component libraries set styles inline. */
export const pageHeaders = secureHeaders({
  ...common,
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
})
