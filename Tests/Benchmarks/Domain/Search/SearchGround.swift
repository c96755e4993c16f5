import MarketplaceStorage
import Synchronization

/// What is searched, filled once and kept until another size is wanted: a million products are a gigabyte or so.
final class SearchGround<Subject: Sendable>: Sendable {
    private let state = Mutex<(count: Int, subject: Subject)?>(nil)
    private let make: @Sendable (SearchCorpus) async throws -> Subject

    init(_ make: @escaping @Sendable (SearchCorpus) async throws -> Subject) {
        self.make = make
    }

    /// The subject with so many products.
    func subject(_ count: Int) async throws -> Subject {
        if let found = state.withLock({ $0 }), found.count == count { return found.subject }
        // The old one goes before the new one comes.
        state.withLock { $0 = nil }
        let subject = try await make(SearchCorpus(count: count))
        state.withLock { $0 = (count, subject) }
        return subject
    }
}
