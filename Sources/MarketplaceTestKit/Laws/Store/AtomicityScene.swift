import MarketplaceCore
import MarketplaceStorage

/// A store with something of every kind, and transactions that touch all of it.
struct AtomicityScene: Sendable {
    /// One part that the scene refuses, and how.
    struct Refusal: Sendable {
        let conflict: StoreConflict
        let part: @Sendable (inout Transaction) -> Void

        func add(to transaction: inout Transaction) {
            part(&transaction)
        }
    }

    /// All that can be seen of the scene.
    struct Snapshot: Equatable, CustomStringConvertible {
        let versions: [Int64]
        let documents: [String: [UInt8]]
        let revisions: [String: DocumentRevision]
        let counters: [String: Int64]
        let feed: [Int64]

        var description: String {
            "versions \(versions), documents \(documents) at \(revisions), counters \(counters), feed \(feed)"
        }
    }

    private static let appended = StreamID("law", "appended")
    private static let trimmed = StreamID("law", "trimmed")
    private static let other = StreamID("law", "other")
    private static let fence: FenceKey = "fence"
    private static let written = DocumentKey("law", "written")
    private static let deleted = DocumentKey("law", "deleted")
    private static let kept = DocumentKey("law", "kept")
    private static let moved = DocumentKey("law", "moved")

    private let probe: StoreProbe
    private let keptRevision: DocumentRevision

    init(_ probe: StoreProbe) async throws {
        self.probe = probe
        try await probe.append(2, to: Self.appended)
        try await probe.append(2, to: Self.trimmed)
        try await probe.append(2, to: Self.other)
        try await probe.write(Self.written)
        try await probe.write(Self.deleted, unique: ["deleted"])
        keptRevision = try await probe.write(Self.kept, unique: ["kept"])
        try await probe.commit { transaction in
            transaction.add(5, to: "added")
            transaction.add(5, to: "deleted")
            transaction.add(10, to: "full")
            transaction.require(.fence(Self.fence, FencingToken(5)))
        }
    }

    private init(_ probe: StoreProbe, keptRevision: DocumentRevision) {
        self.probe = probe
        self.keptRevision = keptRevision
    }

    /// The same scene, looked at through another probe.
    func seen(by other: StoreProbe) -> AtomicityScene {
        AtomicityScene(other, keptRevision: keptRevision)
    }

    /// Parts of every kind that the scene accepts.
    func addHarmlessParts(to transaction: inout Transaction) {
        transaction.require(.fence("new fence", FencingToken(1)))
        transaction.append(probe.drafts(1), to: Self.appended, expecting: .exactly(StreamVersion(2)))
        transaction.write(DocumentWrite(Self.written, body: [9], uniqueKeys: ["written"]))
        transaction.delete(Self.deleted)
        transaction.add(3, to: "added", floor: 0, ceiling: 8)
        transaction.deleteCounter("deleted")
        transaction.trim(.before(StreamVersion(2), of: Self.trimmed))
    }

    /// Parts of every kind that the scene accepts in every round, from 0 on, and that leave it different.
    func addRepeatableParts(to transaction: inout Transaction, round: Int) {
        transaction.require(.fence("new fence", FencingToken(UInt64(round + 1))))
        transaction.append(probe.drafts(2), to: Self.appended, expecting: .any)
        let (old, new) = round.isMultiple(of: 2) ? (Self.deleted, Self.moved) : (Self.moved, Self.deleted)
        transaction.write(DocumentWrite(new, body: [UInt8(round % 256)], uniqueKeys: ["deleted"]))
        transaction.delete(old)
        transaction.add(3, to: "added", floor: 0)
        transaction.deleteCounter("deleted")
        transaction.trim(.before(StreamVersion(Int64(2 * round) + 2), of: Self.appended))
    }

    /// One part of each kind that the scene refuses.
    var refusals: [Refusal] {
        let high = FencingToken(1_000)
        let (kept, revision) = (Self.kept, keptRevision)
        let wrong = DocumentRevision(revision.value + 1_000)
        let (two, nine) = (StreamVersion(2), StreamVersion(9))
        return [
            Refusal(conflict: .streamVersion(Self.other, expected: nine, actual: two)) { [probe] transaction in
                transaction.require(.fence("new fence", high))
                transaction.append(probe.drafts(1), to: Self.other, expecting: .exactly(nine))
            },
            Refusal(conflict: .streamVersion(Self.other, expected: nine, actual: two)) {
                $0.require(.stream(Self.other, at: nine))
            },
            Refusal(conflict: .documentRevision(kept, expected: nil, actual: revision)) {
                $0.write(DocumentWrite(kept, body: [2], expecting: .absent))
            },
            Refusal(conflict: .documentRevision(kept, expected: wrong, actual: revision)) {
                $0.delete(kept, expecting: .exactly(wrong))
            },
            Refusal(conflict: .documentRevision(kept, expected: wrong, actual: revision)) {
                $0.require(.document(kept, at: wrong))
            },
            Refusal(conflict: .staleFence(Self.fence, presented: FencingToken(4), highest: FencingToken(5))) {
                $0.require(.fence(Self.fence, FencingToken(4)))
            },
            Refusal(conflict: .uniqueKey("kept", holder: kept)) {
                $0.write(DocumentWrite(DocumentKey("law", "zz"), body: [2], uniqueKeys: ["kept"]))
            },
            Refusal(conflict: .counterBound("full", bound: .floor(0), value: 10, delta: -11)) {
                $0.add(-11, to: "full", floor: 0)
            },
            Refusal(conflict: .counterBound("full", bound: .ceiling(10), value: 10, delta: 1)) {
                $0.add(1, to: "full", ceiling: 10)
            },
        ]
    }

    /// Reads everything.
    func snapshot() async throws -> Snapshot {
        var versions: [Int64] = []
        for stream in [Self.appended, Self.trimmed, Self.other] {
            versions.append(try await probe.events(in: stream).last?.version.value ?? 0)
        }
        let slice = try await probe.store.documents(matching: .all(of: "law", limit: 100))
        let values = try await probe.store.counters(["added", "deleted", "full"])
        return Snapshot(
            versions: versions,
            documents: Dictionary(slice.documents.map { ($0.key.id.text, $0.body) }) { $1 },
            revisions: Dictionary(slice.documents.map { ($0.key.id.text, $0.revision) }) { $1 },
            counters: Dictionary(values.map { ($0.key.text, $0.value) }) { $1 },
            feed: try await probe.feed().map(\.version.value).sorted()
        )
    }
}
