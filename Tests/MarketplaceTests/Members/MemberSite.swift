import Marketplace
import MarketplaceTestKit
import Testing

/// A marketplace with its members, over one store that a test can look into.
struct MemberSite: Sendable {
    let clock: ManualClock
    let base: InMemoryStore
    let store: FaultInjectingStore
    let environment: ServiceEnvironment
    let gateway: ScriptedMailGateway
    let messages = ScriptedCodeSender()
    let providers = ScriptedSocialIdentities()
    let hasher: TestOnlyPasswordHasher
    let ports: MemberPorts
    let members: Members
    let credentials: MemberCredentials
    let sessions: Sessions
    let logins: Logins
    let mail: MailDesk

    static let secrets = InsecureMessageAuthenticator(forTestsOnly: "members")
    static let kim = MemberID(bits: 101)
    static let lee = MemberID(bits: 102)
    static let staff = CommandActor.operator(MemberID(bits: 900))
    static let source: LoginSource = "203.0.113.7"
    static let password = Password("correct horse battery")

    init(
        limits: MemberLimits = MemberLimits(),
        round: Int = 1,
        over base: InMemoryStore? = nil,
        gateway: ScriptedMailGateway = ScriptedMailGateway(),
        clock: ManualClock = ManualClock(),
        rule: @escaping FaultInjectingStore.Rule = { _, _ in nil }
    ) {
        self.clock = clock
        self.gateway = gateway
        self.base = base ?? InMemoryStore(wallClock: clock.wall, clock: clock)
        store = FaultInjectingStore(self.base, rule: rule)
        environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: clock.wall),
            wallClock: clock.wall
        )
        hasher = TestOnlyPasswordHasher(round: round)
        ports = MemberPorts(
            hasher: hasher,
            tokens: StoredTokens(in: environment, secrets: Self.secrets),
            secrets: Self.secrets,
            codes: messages,
            identities: providers
        )
        members = Members(in: environment, ports: ports, limits: limits)
        credentials = MemberCredentials(in: environment, ports: ports, limits: limits)
        sessions = Sessions(
            in: environment,
            tokens: ports.tokens,
            roles: OperatorRoles(["support": ["order"]], unlimited: ["administrator"])
        )
        logins = Logins(in: environment, ports: ports, sessions: sessions, limits: limits)
        mail = MailDesk(in: environment, gateway: gateway)
    }

    static func key(_ name: String, _ id: MemberID) throws -> IdempotencyKey {
        try IdempotencyKey(validating: "\(name)/\(id)")
    }

    static func email(_ name: String) throws -> EmailAddress { try EmailAddress(validating: "\(name)@shop.example") }

    func request(_ id: MemberID = Self.kim, _ name: String = "kim") throws -> MemberSignUp {
        MemberSignUp(
            member: id,
            profile: try MemberProfile(name: name, email: Self.email(name)),
            credential: .password(Self.password)
        )
    }

    /// What the newest mail of that kind brings.
    func link(_ template: MailTemplate) async throws -> LinkToken {
        try await mail.sendDue()
        let mail = try #require(gateway.delivered.last { $0.template == template })
        return LinkToken(try #require(mail.values["link"]))
    }

    /// Signs somebody up and verifies the address.
    @discardableResult
    func join(_ id: MemberID = Self.kim, _ name: String = "kim") async throws -> MemberID {
        try await members.signUp(request(id, name), key: Self.key("sign-up", id))
        return try await members.verifyEmail(link(.verifyEmail), key: Self.key("verify", id))
    }

    func logIn(_ name: String = "kim", key: IdempotencyKey = "log-in") async throws -> SessionTokens {
        try await logins.logIn(Self.email(name), Self.password, from: Self.source, key: key)
    }

    /// What a call is refused with; nil when it is not.
    func refusal<Value>(_ body: () async throws -> Value) async throws -> MembersRefusal? {
        do {
            _ = try await body()
            return nil
        } catch let error as MembersError {
            guard let refusal = error.refusal else { throw error }
            return refusal
        }
    }

    /// All events, in the order of the feed.
    func events() async throws -> [RecordedEvent] {
        try await base.events(after: .start, matching: .all, limit: 1_000).events
    }
}
