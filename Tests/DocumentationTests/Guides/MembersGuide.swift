import Marketplace
import Testing

struct MembersGuide {
    @Test func aMemberSignsUpVerifiesLogsInAndActs() async throws {
        // guide: Members
        let identifiers = TimeOrderedIdentifiers(clock: .system)
        let environment = ServiceEnvironment(store: InMemoryStore(), codec: .json, identifiers: identifiers)
        // HMAC in earnest: the trait Crypto
        let secrets = InsecureMessageAuthenticator(forTestsOnly: "members")
        let ports = MemberPorts(
            hasher: TestOnlyPasswordHasher(),  // Argon2id in earnest: the trait Crypto
            tokens: StoredTokens(in: environment, secrets: secrets),
            secrets: secrets,
            codes: ScriptedCodeSender(),
            identities: ScriptedSocialIdentities()
        )
        let members = Members(in: environment, ports: ports)
        let sessions = Sessions(in: environment, tokens: ports.tokens)
        let logins = Logins(in: environment, ports: ports, sessions: sessions)

        let email = try EmailAddress(validating: "kim@shop.example")
        let password = Password("correct horse battery staple")
        let request = try MemberSignUp(
            member: identifiers.next(),
            profile: MemberProfile(name: "Kim", email: email),
            credential: .password(password)
        )
        try await members.signUp(request, key: "form-1")

        let mail = ScriptedMailGateway()
        try await MailDesk(in: environment, gateway: mail).sendDue()
        let link = LinkToken(mail.delivered.first?.values["link"] ?? "")
        try await members.verifyEmail(link, key: "click-1")

        let tokens = try await logins.logIn(email, password, from: "203.0.113.7", device: "Telephone", key: "login-1")
        let who = try await sessions.authenticate(tokens.access)
        let profile = try await members.profile(of: who.member, by: who.buyer)  // what was entered, to the letter
        let next = try await sessions.refresh(tokens.refresh, key: "refresh-1")
        // end of guide
        #expect(profile.name == "Kim")
        #expect(next.session == tokens.session)
    }
}
