public import MarketplaceCore
import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Sends the mails that were written down, none lost and none doubled.
///
/// A mail is taken up by moving its time in a commit that only one desk wins, handed over under a key that follows from
/// its notice, and then marked as sent. When the desk dies in between, another takes the mail up after a while and hands
/// it over under the same key; so it is sent once as long as the mail service keeps its keys. Any number of desks may
/// run on one store.
public final class MailDesk: Sendable {
    typealias Probe = @Sendable (IdempotencyKey) async throws(MailError) -> Bool

    let archive: MemberArchive
    let gateway: any MailGateway
    let probe: Probe?
    let configuration: MailDeskConfiguration
    let randomness: any RandomSource
    private let rounds: RoundLoop

    /// A desk that hands over again, under the same key, what may not have been delivered.
    ///
    /// - Parameters:
    ///   - environment: Where the notices are.
    ///   - gateway: Sends the mail.
    ///   - configuration: How often it is tried.
    ///   - randomness: Spreads the attempts.
    ///   - clock: Measures the pause between rounds.
    public convenience init(
        in environment: ServiceEnvironment,
        gateway: any MailGateway,
        configuration: MailDeskConfiguration = MailDeskConfiguration(),
        randomness: any RandomSource = SystemRandomSource(),
        clock: any Clock<Duration> = .continuous
    ) {
        self.init(environment, gateway, probe: nil, configuration, randomness, clock)
    }

    /// A desk that asks what became of a mail before it hands it over again.
    public convenience init(
        in environment: ServiceEnvironment,
        probing gateway: any ProbeableMailGateway,
        configuration: MailDeskConfiguration = MailDeskConfiguration(),
        randomness: any RandomSource = SystemRandomSource(),
        clock: any Clock<Duration> = .continuous
    ) {
        self.init(
            environment,
            gateway,
            probe: { (key) async throws(MailError) in try await gateway.hasSent(key) },
            configuration,
            randomness,
            clock
        )
    }

    private init(
        _ environment: ServiceEnvironment,
        _ gateway: any MailGateway,
        probe: Probe?,
        _ configuration: MailDeskConfiguration,
        _ randomness: any RandomSource,
        _ clock: any Clock<Duration>
    ) {
        archive = MemberArchive(environment)
        self.gateway = gateway
        self.probe = probe
        self.configuration = configuration
        self.randomness = randomness
        rounds = RoundLoop("the mail desk", interval: configuration.interval, clock: clock)
    }

    /// Sends what is due from time to time, until drained or cancelled (then it returns).
    ///
    /// It can be run once; a second run is a mistake of the caller.
    ///
    /// - Throws: The error of the store when trying again will not help. Other failures are left to the next round.
    public func run() async throws(MembersError) {
        let observer = archive.environment.observer
        try await rounds.run { () async throws(MembersError) in
            try await sendDue()
        } retrying: { error in
            observer.record(MailRoundFailed(error: error))
            return error.isRetriable
        }
    }

    /// Lets ``run()`` finish its round and return, and waits for that.
    public func drain() async {
        await rounds.drain()
    }

    /// Takes up the mails that are due, at most one batch, and returns how many were handed over.
    @discardableResult
    public func sendDue() async throws(MembersError) -> Int {
        let slice = try await archive.reading { () async throws(StoreError) in
            try await archive.store.documents(
                matching: .indexed(
                    MemberKeySpace.notices,
                    by: MailDocument.dueIndex,
                    atMost: .time(archive.now),
                    limit: configuration.batchSize
                )
            )
        }
        var count = 0
        for stored in slice.documents where !Task.isCancelled {
            let notice = try archive.decoded(MailDocument.self, from: stored.body)
            guard let id = MailNoticeID(stored.key.id.text) else { continue }
            if try await send(StoredValue(value: notice, revision: stored.revision), id) { count += 1 }
        }
        return count
    }

    /// The mails that were given up, the oldest first: at most that many, and at most a page of the store.
    public func unsent(limit: Int = MailDeskConfiguration.defaultBatchSize) async throws(MembersError) -> [UnsentMail] {
        let slice = try await archive.reading { () async throws(StoreError) in
            try await archive.store.documents(
                matching: .indexed(MemberKeySpace.notices, by: MailDocument.failedIndex, limit: limit)
            )
        }
        var mails: [UnsentMail] = []
        for stored in slice.documents {
            let notice = try archive.decoded(MailDocument.self, from: stored.body)
            guard let id = MailNoticeID(stored.key.id.text) else { continue }
            mails.append(
                UnsentMail(
                    id: id,
                    member: notice.member,
                    template: notice.template,
                    attempts: notice.attempts,
                    isInDoubt: notice.isInDoubt,
                    failure: notice.failure ?? "",
                    failedAt: notice.due
                )
            )
        }
        return mails
    }

    /// Takes a mail up again that was given up; false when it was not.
    ///
    /// It keeps its key, so that it is not doubled when it was delivered after all.
    @discardableResult
    public func resend(_ id: MailNoticeID) async throws(MembersError) -> Bool {
        try await archive.attempting { () async throws(MembersError) -> Bool? in
            guard let stored = try await archive.read(DocumentKey(MemberKeySpace.notices, id), as: MailDocument.self),
                stored.value.state == .failed
            else { return false }
            var notice = stored.value
            notice.state = .waiting
            notice.attempts = 0
            notice.due = archive.now
            return try await save(notice, id, at: stored.revision) ? true : nil
        }
    }

    /// Deletes the notices of mails that were sent some time ago, and returns how many there were.
    @discardableResult
    public func deleteSent() async throws(MembersError) -> Int {
        try await archive.deleteExpired(in: MemberKeySpace.notices)
    }
}
