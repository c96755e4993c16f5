import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Counts the attempts to log in by account and by source, and refuses those above a bound.
///
/// An attempt is counted before anything is compared, in counters that any number of callers raise at once, so that
/// the bound also holds for attempts made together. Windows are fixed: each has counters of its own, and a document
/// beside each by which a sweep finds and deletes it. Keys are digests: they have one length, and show no address.
struct AttemptCounter: Sendable {
    /// An attempt that was counted.
    struct Attempt: Sendable {
        let account: CounterKey?
        let source: CounterKey?
        /// When the window ends, and with it the counters.
        let end: Timestamp
    }

    let archive: MemberArchive
    let limits: MemberLimits

    /// Counts an attempt.
    ///
    /// - Throws: `tooManyAttempts` above a bound.
    func count(account: String?, source: LoginSource?) async throws(MembersError) -> Attempt {
        let length = max(1, limits.attemptWindow.wholeMicroseconds)
        let now = archive.now.microsecondsSinceEpoch
        let window = now / length
        let (next, isBeyond) = (window + 1).multipliedReportingOverflow(by: length)
        let end = isBeyond ? Timestamp.distantFuture : Timestamp(microsecondsSinceEpoch: next)
        let attempt = Attempt(
            account: account.map { CounterKey(unchecked: "login/account/\($0)/\(window)") },
            source: source.map { CounterKey(unchecked: "login/source/\($0.text.keyDigest)/\(window)") },
            end: end
        )
        var transaction = archive.transaction()
        for (key, limit) in [(attempt.account, limits.attemptsPerAccount), (attempt.source, limits.attemptsPerSource)] {
            guard let key else { continue }
            transaction.add(1, to: key, ceiling: Int64(limit))
            transaction.write(
                DocumentWrite(
                    DocumentKey(MemberKeySpace.attempts, key.retyped()),
                    body: [],
                    indexEntries: [
                        IndexEntry(MemberKeySpace.expiryIndex, .text(MemberKeySpace.attempts.text), .time(end))
                    ]
                )
            )
        }
        switch try await archive.commit(transaction) {
        case .done: return attempt
        case .contended: throw .contended(attempts: 1)
        case .bound: throw .refused(.tooManyAttempts(until: end))
        }
    }

    /// Takes a successful attempt back: the account starts anew, the source has one attempt more.
    ///
    /// The source does not start anew: else whoever has an account could go on guessing between two logins.
    func forgive(_ attempt: Attempt, in transaction: inout Transaction) {
        if let account = attempt.account { transaction.deleteCounter(account) }
        // Once the window is over, the counter may have been deleted, and could not be lowered.
        if let source = attempt.source, transaction.time < attempt.end { transaction.add(-1, to: source, floor: 0) }
    }

    /// Takes back an attempt for which nothing was compared: account and source have one attempt more.
    func withdraw(_ attempt: Attempt) async throws(MembersError) {
        var transaction = archive.transaction()
        guard transaction.time < attempt.end else { return }
        for key in [attempt.account, attempt.source] {
            if let key { transaction.add(-1, to: key, floor: 0) }
        }
        _ = try await archive.commit(transaction)
    }

    /// Deletes the counters of windows that are over, and returns how many there were.
    func deleteExpired() async throws(MembersError) -> Int {
        var count = 0
        while true {
            let slice = try await archive.reading { () async throws(StoreError) in
                try await archive.store.documents(
                    matching: .indexed(
                        MemberKeySpace.attempts,
                        by: MemberKeySpace.expiryIndex,
                        prefix: [.text(MemberKeySpace.attempts.text)],
                        atMost: .time(archive.now),
                        limit: MemberArchive.sweepSize
                    )
                )
            }
            guard !slice.documents.isEmpty else { return count }
            var transaction = archive.transaction()
            for document in slice.documents {
                transaction.delete(document.key)
                transaction.deleteCounter(document.key.id.retyped())
            }
            if try await archive.perform(transaction) { count += slice.documents.count }
        }
    }
}
