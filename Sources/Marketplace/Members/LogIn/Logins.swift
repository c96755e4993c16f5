public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Logging in: with a password, with a code, with an identity at somebody else's.
///
/// ```swift
/// let tokens = try await logins.logIn(email, password, from: source, key: key)
/// ```
///
/// Attempts are counted by account and by source before anything is compared. An account that does not exist is
/// answered like a wrong password, after the same work.
public struct Logins: Sendable {
    let archive: MemberArchive
    let ports: MemberPorts
    let sessions: Sessions
    let attempts: AttemptCounter
    let codes: CodeDesk
    private let decoy = DecoyHash()

    /// The logins of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where everything is kept.
    ///   - ports: What is needed from outside.
    ///   - sessions: Where sessions are opened.
    ///   - limits: Periods and bounds.
    public init(
        in environment: ServiceEnvironment,
        ports: MemberPorts,
        sessions: Sessions,
        limits: MemberLimits = MemberLimits()
    ) {
        archive = MemberArchive(environment)
        self.ports = ports
        self.sessions = sessions
        attempts = AttemptCounter(archive: archive, limits: limits)
        codes = CodeDesk(archive: archive, ports: ports, limits: limits)
    }

    /// Logs in with a password.
    ///
    /// - Parameters:
    ///   - email: The member's address.
    ///   - password: What was typed.
    ///   - source: Where the attempt comes from.
    ///   - device: What the member will find the session by.
    ///   - key: Names the call; its repetition gets tokens of the same session.
    /// - Returns: Tokens of a new session.
    /// - Throws: `wrongCredentials`, `tooManyAttempts`; and to who knows the password `notVerified` or
    ///   `accountDisabled`; ``MembersError/port(_:)`` when nothing could be compared, because too many log in at once,
    ///   say: that is no attempt, and may be made again.
    public func logIn(
        _ email: EmailAddress,
        _ password: Password,
        from source: LoginSource,
        device: String = "",
        key: IdempotencyKey
    ) async throws(MembersError) -> SessionTokens {
        let destination = CodeDestination.email(email)
        let attempt = try await attempts.count(account: destination.name.keyDigest, source: source)
        return try await archive.attempting { () async throws(MembersError) -> SessionTokens? in
            let member = try await archive.member(at: destination)?.member
            // Nobody has the id of zeros: whoever is not known costs the same reads.
            let stored = try await archive.read(
                MemberKeySpace.access(member ?? MemberID(bits: 0)),
                as: AccessDocument.self
            )
            let verdict = try await verdict(password, against: stored?.value.password, attempt)
            guard case .matches(let isOutdated) = verdict, let stored, stored.value.password != nil else {
                throw .refused(.wrongCredentials)
            }
            try check(stored.value)
            let rehashed = isOutdated ? try await ports.hashing(password) : nil
            return try await sessions.open(stored, device: device, key: key, rehashed: rehashed) {
                (transaction: inout Transaction) throws(MembersError) in
                attempts.forgive(attempt, in: &transaction)
            }
        }
    }

    /// Sends a code to a member's verified number or address, with which the member can log in.
    ///
    /// Whether there is somebody is not told.
    ///
    /// - Throws: `tooSoon`, `tooManyAttempts`.
    public func requestCode(
        to destination: CodeDestination,
        from source: LoginSource,
        key: IdempotencyKey
    ) async throws(MembersError) {
        _ = try await attempts.count(account: nil, source: source)
        let profile = try await archive.member(at: destination)
        try await codes.send(.logIn, to: destination, in: profile?.profile.language, key: key)
    }

    /// Logs in with a code that was sent.
    ///
    /// - Throws: `wrongCredentials` for a wrong, used, expired or worn-out code; otherwise as
    ///   ``logIn(_:_:from:device:key:)``.
    public func logIn(
        _ destination: CodeDestination,
        _ code: OneTimeCode,
        from source: LoginSource,
        device: String = "",
        key: IdempotencyKey
    ) async throws(MembersError) -> SessionTokens {
        let attempt = try await attempts.count(account: destination.name.keyDigest, source: source)
        return try await archive.attempting { () async throws(MembersError) -> SessionTokens? in
            let right = try await codes.check(code, .logIn, of: destination, key: key)
            guard let member = try await archive.member(at: destination)?.member,
                let stored = try await archive.read(MemberKeySpace.access(member), as: AccessDocument.self)
            else { throw .refused(.wrongCredentials) }
            try check(stored.value)
            return try await sessions.open(stored, device: device, key: key) {
                (transaction: inout Transaction) throws(MembersError) in
                try codes.use(right, key: key, in: &transaction)
                attempts.forgive(attempt, in: &transaction)
            }
        }
    }

    /// Logs in with an identity at somebody else's.
    ///
    /// An identity that is not known is not looked for by its address: who has the address elsewhere need not have it
    /// here.
    ///
    /// - Throws: `identityRefused`, `identityUnknown`; otherwise as ``logIn(_:_:from:device:key:)``.
    public func logIn(
        _ proof: SocialProof,
        from source: LoginSource,
        device: String = "",
        key: IdempotencyKey
    ) async throws(MembersError) -> SessionTokens {
        let attempt = try await attempts.count(account: nil, source: source)
        let identity = try await ports.identity(of: proof, at: archive.now)
        return try await archive.attempting { () async throws(MembersError) -> SessionTokens? in
            guard let stored = try await archive.access(by: identity) else { throw .refused(.identityUnknown) }
            try check(stored.value)
            return try await sessions.open(stored, device: device, key: key) {
                (transaction: inout Transaction) throws(MembersError) in
                attempts.forgive(attempt, in: &transaction)
            }
        }
    }

    /// Deletes the counters of attempts whose windows are over, and returns how many there were.
    @discardableResult
    public func deleteExpired() async throws(MembersError) -> Int {
        try await attempts.deleteExpired()
    }

    /// Compares a password, with a hash that nobody has where there is none; an attempt for which nothing could be compared
    /// is taken back.
    private func verdict(
        _ password: Password,
        against hash: PasswordHash?,
        _ attempt: AttemptCounter.Attempt
    ) async throws(MembersError) -> PasswordVerdict {
        do throws(MembersError) {
            if let hash { return try await ports.verdict(password, against: hash) }
            return try await ports.verdict(password, against: decoy.hash(by: ports))
        } catch {
            // What the port said counts, whether or not the attempt can be taken back.
            if error.isRetriable { try? await attempts.withdraw(attempt) }
            throw error
        }
    }

    private func check(_ access: AccessDocument) throws(MembersError) {
        switch access.status {
        case .verified: return
        case .signedUp: throw .refused(.notVerified(access.member))
        case .disabled, .erased: throw .refused(.accountDisabled(access.member))
        }
    }
}
