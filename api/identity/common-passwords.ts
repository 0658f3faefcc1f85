/** The most common passwords of eight and more characters, from published lists of leaked ones. Lower case. */
const words = `
12345678 123456789 1234567890 123123123 1234567891 12345678910 0123456789 0987654321 987654321 9876543210
87654321 11111111 111111111 1111111111 00000000 000000000 0000000000 22222222 33333333 55555555 66666666
77777777 88888888 99999999 12341234 11223344 1122334455 123456123 147258369 159753456 789456123 147852369
102030405060 123321123 12344321 11112222 12121212 123123456 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc
q1w2e3r4 q1w2e3r4t5 qwer1234 qwerty12 qwerty123 qwerty1234 qwertyui qwertyuiop qwertyuiop123 asdfasdf asdf1234
asdfghjk asdfghjkl zxcvbnm1 zxcvbnm123 zaq12wsx abcd1234 abc12345 abc123456 a1234567 a12345678 a123456789
aa123456 aa12345678 abcdefgh abcdefghi password password1 password12 password123 password1234 password!
passw0rd p@ssw0rd p@ssword pass1234 passwort passwort1 iloveyou iloveyou1 iloveyou2 princess princess1 sunshine
sunshine1 football football1 baseball baseball1 basketball superman superman1 batman123 spiderman starwars
trustno1 letmein1 letmein123 welcome1 welcome123 whatever jennifer michelle jessica1 charlie1 michael1 jordan23
computer internet samsung1 liverpool chelsea1 arsenal1 pokemon1 dragon12 monkey12 monkey123 mustang1 corvette
mercedes ferrari1 maverick midnight butterfly chocolate elephant dolphins garfield snoopy12 tinkerbell
changeme changeme1 changeme123 default1 admin123 admin1234 administrator administrator1 root1234 test1234
testtest testtest1 guest1234 master12 master123 secret12 secret123 login123 access14 lovelove loveyou1
`

const common: ReadonlySet<string> = new Set(words.split(/\s+/).filter((word) => word !== ''))

/** Whether it is among the first that anyone would try, however it is capitalised. */
export const isCommonPassword = (password: string): boolean => common.has(password.toLowerCase())
