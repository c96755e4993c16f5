import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// An append is applied only to a stream that is at the version it expects.
    public static let expectedVersionsAreChecked = StoreLaw(
        "stream.expected-version",
        "An append is applied only to a stream that is at the version it expects; any version will do for .any."
    ) { probe in
        let stream = StreamID("law", "a")
        func append(_ count: Int, expecting expected: ExpectedVersion) async throws {
            try await probe.commit { $0.append(probe.drafts(count), to: stream, expecting: expected) }
        }
        func refuse(_ expected: StreamVersion, actual: StreamVersion) async throws {
            try await probe.refuse(as: .streamVersion(stream, expected: expected, actual: actual)) {
                $0.append(probe.drafts(1), to: stream, expecting: .exactly(expected))
            }
        }
        try await refuse(.first, actual: .none)
        try await append(2, expecting: .none)
        try await refuse(.none, actual: StreamVersion(2))
        try await refuse(.first, actual: StreamVersion(2))
        try await refuse(StreamVersion(3), actual: StreamVersion(2))
        try await refuse(StreamVersion(.max), actual: StreamVersion(2))
        try await refuse(StreamVersion(.min), actual: StreamVersion(2))
        try await append(1, expecting: .exactly(StreamVersion(2)))
        try await append(1, expecting: .any)
        try await probe.commit { $0.append(probe.drafts(1), to: StreamID("law", "b"), expecting: .any) }
        let versions = try await probe.events(in: stream).map(\.version.value)
        try LawBreach.unlessEqual(versions, [1, 2, 3, 4], "the versions of the stream")
    }

    /// A guarded stream must be at exactly the version the guard names.
    public static let guardedVersionsAreChecked = StoreLaw(
        "guard.stream",
        "A guard on a stream holds only while the stream is at exactly that version, an unknown one at 0."
    ) { probe in
        let stream = StreamID("law", "a")
        func guarded(_ version: Int64) -> Transaction {
            probe.transaction { transaction in
                transaction.require(.stream(stream, at: StreamVersion(version)))
                transaction.add(1, to: "passed")
            }
        }
        _ = try await probe.store.commit(guarded(0))
        try await probe.append(3, to: stream)
        for version: Int64 in [0, 2, 4] {
            try await probe.refuse(
                guarded(version),
                as: .streamVersion(stream, expected: StreamVersion(version), actual: StreamVersion(3))
            )
        }
        _ = try await probe.store.commit(guarded(3))
        try LawBreach.unlessEqual(try await probe.store.counter("passed"), 2, "how many guards held")
    }

    /// A guarded document must be at exactly the revision the guard names, or absent.
    public static let guardedRevisionsAreChecked = StoreLaw(
        "guard.document",
        "A guard on a document holds only while it is at exactly that revision, or absent when the guard says so."
    ) { probe in
        let key = DocumentKey("law", "a")
        func guarded(_ revision: DocumentRevision?) -> Transaction {
            probe.transaction { transaction in
                transaction.require(.document(key, at: revision))
                transaction.add(1, to: "passed")
            }
        }
        _ = try await probe.store.commit(guarded(nil))
        let first = try await probe.write(key)
        let second = try await probe.write(key)
        try await probe.refuse(guarded(nil), as: .documentRevision(key, expected: nil, actual: second))
        try await probe.refuse(guarded(first), as: .documentRevision(key, expected: first, actual: second))
        _ = try await probe.store.commit(guarded(second))
        try await probe.commit { $0.delete(key) }
        try await probe.refuse(guarded(second), as: .documentRevision(key, expected: second, actual: nil))
        _ = try await probe.store.commit(guarded(nil))
        try LawBreach.unlessEqual(try await probe.store.counter("passed"), 3, "how many guards held")
    }

    /// A fence remembers the highest token and refuses lower ones.
    public static let fencesRememberTheHighest = StoreLaw(
        "guard.fence",
        "A fence remembers the highest token it has seen, accepts that one again and refuses lower ones, key by key."
    ) { probe in
        func present(_ token: UInt64, _ key: FenceKey = "a") -> Transaction {
            probe.transaction { $0.require(.fence(key, FencingToken(token))) }
        }
        func refuse(_ token: UInt64, highest: UInt64) async throws {
            try await probe.refuse(
                present(token),
                as: .staleFence("a", presented: FencingToken(token), highest: FencingToken(highest))
            )
        }
        _ = try await probe.store.commit(present(5))
        try await refuse(4, highest: 5)
        _ = try await probe.store.commit(present(5))
        _ = try await probe.store.commit(present(.max - 1))
        try await refuse(5, highest: .max - 1)
        _ = try await probe.store.commit(present(.max))
        try await refuse(.max - 1, highest: .max)
        _ = try await probe.store.commit(present(1, "b"))
    }

    /// Of several tokens of one key in one transaction the highest is remembered.
    public static let fencesKeepTheHighestOfATransaction = StoreLaw(
        "guard.fence-twice",
        "Of several tokens of one key in one transaction the highest is remembered, whatever their order."
    ) { probe in
        try await probe.commit { transaction in
            for token: UInt64 in [3, 9, 4] { transaction.require(.fence("a", FencingToken(token))) }
        }
        try await probe.refuse(as: .staleFence("a", presented: FencingToken(8), highest: FencingToken(9))) {
            $0.require(.fence("a", FencingToken(8)))
        }
    }

    /// A fence outlives the deletion of everything it guarded.
    public static let fencesOutliveDeletion = StoreLaw(
        "guard.fence-outlives-deletion",
        "A lower token is refused even after the streams, documents and counters it came with are gone."
    ) { probe in
        let stream = StreamID("law", "a")
        let key = DocumentKey("law", "a")
        try await probe.commit { transaction in
            transaction.require(.fence("a", FencingToken(7)))
            transaction.append(probe.drafts(1), to: stream, expecting: .none)
            transaction.write(DocumentWrite(key, body: [1]))
            transaction.add(1, to: "a")
        }
        try await probe.commit { transaction in
            transaction.delete(key)
            transaction.deleteCounter("a")
            transaction.trim(.whole(stream))
        }
        try await probe.refuse(as: .staleFence("a", presented: FencingToken(6), highest: FencingToken(7))) {
            $0.require(.fence("a", FencingToken(6)))
        }
    }
}
