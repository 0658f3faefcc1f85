/** In the order in which somebody new to the API wants to read them. */
export const tags = [
  { name: 'Accounts', description: 'Sign up, in and out; who one is; the keys that access tokens are checked with' },
  { name: 'Products', description: 'What is sold, for everybody, and its care' },
  { name: 'Orders', description: 'Place, follow, pay for and cancel orders' },
  { name: 'Returns', description: 'Goods that come back, and money' },
  { name: 'Customers', description: 'What is kept about a customer' },
  { name: 'Stock', description: 'Levels and their history, for those who keep the stock' },
  { name: 'Operators', description: 'For staff, where an order needs a person' },
  { name: 'Dead letters', description: 'What a service could not process, and what becomes of it' },
  { name: 'Programs', description: 'Service accounts, and the tokens they get' },
  { name: 'Events', description: 'The contract of the events on Kafka' },
  { name: 'Webhooks', description: 'What payment providers and carriers tell' },
  { name: 'Webhook endpoints', description: 'Where others are told of orders, and what came of it' },
  { name: 'Problems', description: 'What went wrong, by code' },
] as const
