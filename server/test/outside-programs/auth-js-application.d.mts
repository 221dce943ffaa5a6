export declare function createAuthJsApplication(options: { url: string; issuer: string; clientId: string; clientSecret: string }): (request: Request) => Promise<Response>
