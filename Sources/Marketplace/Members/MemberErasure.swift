public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// Erases what other contexts keep of a member, once the member is erased.
///
/// ```swift
/// let erasure = MemberErasure(in: environment) { member in
///     try await reviews.eraseTexts(of: member, by: .system)
///     try await returns.eraseNotes(of: member, by: .system)
///     try await addresses.erase(member, by: .system)
///     try await paymentMethods.erase(member, by: .system)
/// }
/// let runner = ProjectionRunner(erasure, store: store, signal: store, identifiers: identifiers)
/// ```
///
/// Each member is erased at least once, in the order of the feed: what it calls must do no harm when it is called again,
/// and stop it by an error until it has succeeded. It is as late as its runner.
public struct MemberErasure: Projection {
    /// The name under which it keeps how far it has come.
    public let name: ProjectionName = "member-erasure"
    /// The one event that it follows.
    public let filter: EventFilter
    /// One member at a time: a failure is not repeated for those before.
    public let batchLimit = 1

    private let reader: EventReader<MemberEvent>
    private let erase: @Sendable (MemberID) async throws -> Void

    /// An erasure of what is kept elsewhere.
    ///
    /// - Parameters:
    ///   - environment: Where members are kept.
    ///   - erase: Erases everything of a member; called again after a failure.
    public init(in environment: ServiceEnvironment, _ erase: @escaping @Sendable (MemberID) async throws -> Void) {
        filter = EventFilter.categories([Self.category]).named([MemberErased.eventName])
        reader = EventReader(codec: environment.codec)
        self.erase = erase
    }

    /// The streams of members.
    private static let category: StreamCategory = "member"

    /// Erases what is kept of the members that were erased.
    public func apply(
        _ events: [RecordedEvent],
        to transaction: inout Transaction,
        reading source: ProjectionSource
    ) async throws {
        for event in events {
            if case .erased(let erased) = try reader.read(event) { try await erase(erased.memberID) }
        }
    }
}
